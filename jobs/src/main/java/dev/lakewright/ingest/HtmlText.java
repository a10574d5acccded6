package dev.lakewright.ingest;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a reader of an HTML page sees: title and text, and the hosts its links lead to. */
final class HtmlText {

  private HtmlText() {}

  static String of(String html) {
    Document document = Jsoup.parse(html);
    document.select("script, style, noscript, template").remove();
    Set<String> hosts = new LinkedHashSet<>();
    for (Element link : document.select("a[href], img[src], form[action]")) {
      String target =
          link.hasAttr("href")
              ? link.attr("href")
              : link.hasAttr("src") ? link.attr("src") : link.attr("action");
      String host = host(target);
      if (!host.isEmpty()) {
        hosts.add(host);
      }
    }
    return "%s\n%s\n%s"
        .formatted(document.title(), document.body().wholeText().strip(), String.join(" ", hosts))
        .strip();
  }

  private static String host(String target) {
    try {
      String host = URI.create(target.strip()).getHost();
      return host == null ? "" : host;
    } catch (IllegalArgumentException noUri) {
      return "";
    }
  }
}
