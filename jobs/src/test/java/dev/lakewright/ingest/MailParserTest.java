package dev.lakewright.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MailParserTest {

  private static MailMessage parse(String raw) {
    return MailParser.parse(raw.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void plainMessage() {
    MailMessage mail =
        parse(
            "From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nDate: Wed, 21 Aug 2002 10:31:57 +0000\r\nSubject: Lunch\r\n\r\nAt noon?\r\n");
    assertThat(mail.subject()).isEqualTo("Lunch");
    assertThat(mail.body()).isEqualTo("At noon?");
    assertThat(mail.from()).isEqualTo("ann@example.org");
    assertThat(mail.date()).isEqualTo(1029925917000L);
    assertThat(mail.problems()).isEmpty();
  }

  @Test
  void lineOfTheMailBoxIsNoHeader() {
    assertThat(
            parse("From ann@example.org Thu Aug 22 13:17:22 2002\nSubject: Hi\n\nBody\n").subject())
        .isEqualTo("Hi");
  }

  @Test
  void encodedWordsAndQuotedPrintable() {
    MailMessage mail =
        parse(
            "Subject: =?utf-8?B?xYHDs2TFug==?= =?iso-8859-1?Q?caf=E9?=\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=C5=81=C3=B3d=C5=BA is =\nlong\n");
    assertThat(mail.subject()).isEqualTo("Łódźcafé");
    assertThat(mail.body()).isEqualTo("Łódź is long");
  }

  @Test
  void ofAlternativesThePlainTextIsRead() {
    MailMessage mail =
        parse(
            "Subject: x\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html\n\n<p>rich</p>\n--b--\n");
    assertThat(mail.body()).isEqualTo("plain");
    assertThat(mail.html()).isTrue();
  }

  @Test
  void htmlBecomesWhatAReaderSees() {
    MailMessage mail =
        parse(
            "Subject: x\nContent-Type: text/html\n\n<html><head><title>Offer</title><style>p{}</style></head><body><p>Buy&nbsp;now</p><script>evil()</script><a href='http://shop.example/x'>here</a></body></html>");
    assertThat(mail.body())
        .contains("Offer", "Buy", "here", "shop.example")
        .doesNotContain("evil", "p{}");
  }

  @Test
  void attachmentsAreCountedNotRead() {
    MailMessage mail =
        parse(
            "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nsee file\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n");
    assertThat(mail.body()).isEqualTo("see file");
    assertThat(mail.attachments()).isEqualTo(1);
  }

  @Test
  void unknownCharsetFallsBackToReadableText() {
    MailMessage mail = parse("Content-Type: text/plain; charset=x-unknown-8\n\ncaf\u00e9\n");
    assertThat(mail.body()).isEqualTo("café");
  }

  @Test
  void brokenBase64KeepsWhatCouldBeRead() {
    MailMessage mail =
        parse(
            "Subject: s\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\naGVsbG8gd29y!!!!bGQ=\n");
    assertThat(mail.subject()).isEqualTo("s");
    assertThat(mail.body()).startsWith("hello");
  }

  @Test
  void messageWithoutHeadersIsText() {
    assertThat(
            parse("just some words, no header at all").body() + parse("just some words").subject())
        .isNotNull();
    assertThat(parse("").body()).isEmpty();
  }

  @Test
  void tenMegabytesAreRead() {
    assertThat(parse("Subject: big\n\n" + "word ".repeat(2_000_000)).body()).hasSize(9_999_999);
  }

  @Property(tries = 300)
  void anyBytesAreAMessage(@ForAll byte[] bytes) {
    assertThat(MailParser.parse(bytes).body()).doesNotContain("\0");
  }
}
