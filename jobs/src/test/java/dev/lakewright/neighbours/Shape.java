package dev.lakewright.neighbours;

import java.util.SplittableRandom;

/** What the values of rows made up for tests are like. */
enum Shape {
  GAUSSIAN {
    @Override
    double value(SplittableRandom random, int column) {
      return random.nextGaussian();
    }
  },
  /** Many duplicates and ties. */
  FEW_VALUES {
    @Override
    double value(SplittableRandom random, int column) {
      return random.nextInt(3) - 1;
    }
  },
  /** All columns, and so all dense rows, are constant. */
  CONSTANT {
    @Override
    double value(SplittableRandom random, int column) {
      return column + 0.1;
    }
  },
  /** Differences far below the precision of the values' single-precision products. */
  FAR_AWAY {
    @Override
    double value(SplittableRandom random, int column) {
      return 1e6 + random.nextInt(16);
    }
  },
  /** Two groups so far apart that rows of one differ by less than what rounding loses. */
  TWO_GROUPS {
    @Override
    double value(SplittableRandom random, int column) {
      return (random.nextBoolean() ? 1e6 : -1e6) + random.nextInt(16);
    }
  },
  HUGE {
    @Override
    double value(SplittableRandom random, int column) {
      return 1e38 * random.nextGaussian() / 4;
    }
  },
  TINY {
    @Override
    double value(SplittableRandom random, int column) {
      return 1e-38 * random.nextGaussian();
    }
  },
  /** Of all magnitudes. */
  WIDE {
    @Override
    double value(SplittableRandom random, int column) {
      return Math.pow(10, random.nextInt(60) - 30) * random.nextGaussian();
    }
  };

  abstract double value(SplittableRandom random, int column);
}
