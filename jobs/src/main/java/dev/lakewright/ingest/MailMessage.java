package dev.lakewright.ingest;

/**
 * What could be read of a mail.
 *
 * @param date milliseconds since 1970; {@link #NO_DATE} when unreadable
 * @param problems what was broken; empty when nothing was
 */
record MailMessage(
    String subject,
    String body,
    String from,
    String to,
    long date,
    int attachments,
    boolean html,
    String problems) {

  static final long NO_DATE = Long.MIN_VALUE;
}
