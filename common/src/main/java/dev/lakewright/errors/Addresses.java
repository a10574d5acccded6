package dev.lakewright.errors;

import java.util.regex.Pattern;

/** Addresses as they may be shown and recorded. */
public final class Addresses {

  /** {@code user:password@}; the {@code container@} of Azure is no secret. */
  private static final Pattern LOGIN = Pattern.compile("(?<=://)[^/\\s:@]*:[^/\\s]*@");

  private Addresses() {}

  /** Whether a text holds an address with a name and password. */
  public static boolean holdLogins(String text) {
    return LOGIN.matcher(text).find();
  }

  /** A text without the names and passwords of the addresses in it. */
  public static String hideLogins(String text) {
    return LOGIN.matcher(text).replaceAll("***@");
  }
}
