package dev.lakewright.report;

import java.util.Locale;

/** Numbers for people. */
final class Numbers {

  private Numbers() {}

  /** A score such as 0.9731; a dash for NaN. */
  static String score(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }

  /** Up to three significant digits, small and large ones as powers of ten. */
  static String brief(double value) {
    if (value == 0 || Double.isNaN(value)) {
      return value == 0 ? "0" : "–";
    }
    double size = Math.abs(value);
    if (size < 1e-3 || size >= 1e6) {
      return String.format(Locale.ROOT, "%.0e", value).replace("e-0", "e-").replace("e+0", "e");
    }
    String text =
        String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 1 ? "%.2f" : "%.4f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }

  /** A count with thin spaces between thousands. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f');
  }

  /** A share in percent. */
  static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", share * 100);
  }
}
