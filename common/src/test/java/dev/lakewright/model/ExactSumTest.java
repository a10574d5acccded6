package dev.lakewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ExactSumTest {

  @Property(tries = 100)
  void isTheSumInDecimalArithmetic(@ForAll("finite") List<Double> values) {
    BigDecimal expected =
        values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);

    assertThat(decimal(sum(values))).isEqualByComparingTo(expected);
  }

  @Property(tries = 100)
  void isTheSumOfSquaresInDecimalArithmetic(@ForAll("finite") List<Double> values) {
    ExactSum squares = new ExactSum();
    values.forEach(squares::addSquare);
    BigDecimal expected =
        values.stream()
            .map(value -> new BigDecimal(value).pow(2))
            .reduce(BigDecimal.ZERO, BigDecimal::add);

    assertThat(decimal(squares)).isEqualByComparingTo(expected);
  }

  @Property(tries = 100)
  void mergesToTheSameSumInAnyOrder(
      @ForAll("finite") List<Double> left, @ForAll("finite") List<Double> right) {
    ExactSum leftFirst = sum(left);
    leftFirst.merge(sum(right));
    ExactSum rightFirst = sum(right);
    rightFirst.merge(sum(left));

    assertThat(leftFirst.total()).isEqualTo(rightFirst.total());
    assertThat(decimal(leftFirst))
        .isEqualByComparingTo(decimal(sum(left)).add(decimal(sum(right))));
  }

  @Test
  void cancelsWithoutRounding() {
    assertThat(decimal(sum(List.of(1e300, 1.0, -1e300, Double.MIN_VALUE))))
        .isEqualByComparingTo(new BigDecimal(1.0).add(new BigDecimal(Double.MIN_VALUE)));
  }

  @Test
  void holdsTheSquareOfTheLargestDouble() {
    ExactSum squares = new ExactSum();
    squares.addSquare(Double.MAX_VALUE);
    squares.addSquare(-Double.MAX_VALUE);

    assertThat(decimal(squares))
        .isEqualByComparingTo(
            new BigDecimal(Double.MAX_VALUE).pow(2).multiply(BigDecimal.valueOf(2)));
  }

  @Provide
  Arbitrary<List<Double>> finite() {
    return Arbitraries.longs()
        .map(Double::longBitsToDouble)
        .filter(Double::isFinite)
        .list()
        .ofMaxSize(20);
  }

  private static ExactSum sum(List<Double> values) {
    ExactSum sum = new ExactSum();
    values.forEach(sum::add);
    return sum;
  }

  private static BigDecimal decimal(ExactSum sum) {
    return new BigDecimal(sum.total())
        .divide(new BigDecimal(BigInteger.ONE.shiftLeft(ExactSum.SCALE)));
  }
}
