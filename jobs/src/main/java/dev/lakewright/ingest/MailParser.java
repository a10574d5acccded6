package dev.lakewright.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.address.Address;
import org.apache.james.mime4j.dom.address.AddressList;
import org.apache.james.mime4j.dom.address.MailboxList;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;

/**
 * RFC 822 messages into text, by Apache James Mime4j. Never refuses a message: what cannot be
 * parsed is read as plain text, and said to be.
 */
final class MailParser {

  private static final int MOST_DEPTH = 20;
  private static final Pattern SUBJECT = Pattern.compile("(?im)^subject:[ \\t]*(.*)$");
  private static final Pattern BODY = Pattern.compile("\\r?\\n\\r?\\n");

  private MailParser() {}

  static MailMessage parse(byte[] raw) {
    byte[] content = withoutEnvelope(raw);
    try {
      return new Reading().read(content);
    } catch (IOException | MimeException | RuntimeException e) {
      return asText(content, e);
    }
  }

  /** Mail boxes begin each message with a line "From ", which is no header. */
  private static byte[] withoutEnvelope(byte[] raw) {
    if (raw.length < 5 || !new String(raw, 0, 5, StandardCharsets.ISO_8859_1).equals("From ")) {
      return raw;
    }
    int at = 0;
    while (at < raw.length && raw[at] != '\n') {
      at++;
    }
    int start = Math.min(raw.length, at + 1);
    byte[] rest = new byte[raw.length - start];
    System.arraycopy(raw, start, rest, 0, rest.length);
    return rest;
  }

  private static MailMessage asText(byte[] content, Exception e) {
    String text = TextDecoding.decode(content, null);
    Matcher subject = SUBJECT.matcher(text);
    String[] parts = BODY.split(text, 2);
    return new MailMessage(
        subject.find() ? subject.group(1).trim() : "",
        clean(parts.length == 2 ? parts[1] : text),
        "",
        "",
        MailMessage.NO_DATE,
        0,
        false,
        "unreadable structure: " + e.getClass().getSimpleName());
  }

  private static String clean(String text) {
    return text.replace("\0", "").strip();
  }

  /** One message being read. */
  private static final class Reading {
    private final List<String> texts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int attachments;
    private boolean html;

    MailMessage read(byte[] content) throws IOException, MimeException {
      DefaultMessageBuilder builder = new DefaultMessageBuilder();
      builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
      builder.setDecodeMonitor(DecodeMonitor.SILENT);
      Message message = builder.parseMessage(new ByteArrayInputStream(content));
      try {
        collect(message, 0);
        return new MailMessage(
            clean(header(message.getSubject())),
            clean(String.join("\n\n", texts)),
            mailboxes(message.getFrom()),
            addresses(message.getTo()),
            message.getDate() == null
                ? MailMessage.NO_DATE
                : message.getDate().toInstant().toEpochMilli(),
            attachments,
            html,
            String.join("; ", problems));
      } finally {
        message.dispose();
      }
    }

    private void collect(Entity entity, int depth) throws IOException {
      Body body = entity.getBody();
      if (depth > MOST_DEPTH) {
        problems.add("nested too deeply");
      } else if (body instanceof Multipart multipart) {
        collect(multipart, depth);
      } else if (body instanceof Message inner) {
        collect(inner, depth + 1);
      } else if (body instanceof SingleBody single) {
        collect(entity, single);
      }
    }

    private void collect(Multipart multipart, int depth) throws IOException {
      if (!"alternative".equalsIgnoreCase(multipart.getSubType())) {
        for (Entity part : multipart.getBodyParts()) {
          collect(part, depth + 1);
        }
        return;
      }
      int before = texts.size();
      for (Entity part : multipart.getBodyParts()) {
        if (!"text/html".equals(part.getMimeType())) {
          collect(part, depth + 1);
        }
      }
      boolean plain = texts.subList(before, texts.size()).stream().anyMatch(t -> !t.isBlank());
      for (Entity part : multipart.getBodyParts()) {
        if ("text/html".equals(part.getMimeType())) {
          html = true;
          if (!plain) {
            collect(part, depth + 1);
          }
        }
      }
    }

    private void collect(Entity entity, SingleBody body) throws IOException {
      String type = entity.getMimeType();
      boolean attached = "attachment".equalsIgnoreCase(entity.getDispositionType());
      if (attached || !type.startsWith("text/")) {
        attachments++;
        return;
      }
      byte[] content = bytes(body);
      String text = TextDecoding.decode(content, entity.getCharset());
      if (text.indexOf('\uFFFD') >= 0) {
        problems.add("bytes that are not of the stated charset");
      }
      if (type.equals("text/html")) {
        html = true;
        texts.add(HtmlText.of(text));
      } else {
        texts.add(text);
      }
    }

    /** What a broken transfer encoding still gives. */
    private byte[] bytes(SingleBody body) throws IOException {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      try (InputStream in = body.getInputStream()) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          read.write(buffer, 0, count);
        }
      } catch (IOException e) {
        problems.add("broken transfer encoding");
      }
      return read.toByteArray();
    }

    private static String header(String value) {
      return value == null ? "" : value;
    }

    private static String mailboxes(MailboxList list) {
      return list == null ? "" : String.join(", ", list.stream().map(m -> m.getAddress()).toList());
    }

    private static String addresses(AddressList list) {
      return list == null ? "" : String.join(", ", list.stream().map(Address::toString).toList());
    }
  }
}
