package dev.lakewright.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "s3a://key:secret@bucket/models, s3a://***@bucket/models",
    "cannot open hdfs://me:p@ss:w@host:9000/a, cannot open hdfs://***@host:9000/a",
    "abfs://container@account.example.org/models, abfs://container@account.example.org/models",
    "hdfs://host:9000/a@b, hdfs://host:9000/a@b",
    "/local/a:b@c, /local/a:b@c"
  })
  void loginsAreNotShown(String address, String shown) {
    assertThat(Addresses.hideLogins(address)).isEqualTo(shown);
  }
}
