package dev.lakewright.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A page with a lead, notes and sections; its style is inside. */
final class Page {

  private final String title;
  private final StringBuilder head = new StringBuilder();
  private final StringBuilder body = new StringBuilder();
  private final List<String> sections = new ArrayList<>();

  Page(String title) {
    this.title = title;
  }

  /**
   * What is to be seen at a glance.
   *
   * @param cards label, value and remark of each
   */
  void lead(String status, List<String[]> cards) {
    head.append(
        "<h1>%s</h1><p class='status'>%s</p>".formatted(Html.isolated(title), Html.escape(status)));
    head.append("<div class='cards'>");
    for (String[] card : cards) {
      head.append(
          "<div class='card'><span>%s</span><b>%s</b><small>%s</small></div>"
              .formatted(Html.escape(card[0]), Html.escape(card[1]), Html.escape(card[2])));
    }
    head.append("</div>");
  }

  void note(String text) {
    head.append("<p class='note'>").append(Html.escape(text)).append("</p>");
  }

  /**
   * @param html already safe
   */
  void section(String name, String html) {
    int number = sections.size();
    sections.add(name);
    body.append(
        "<section id='s%d'><h2>%s</h2>%s</section>".formatted(number, Html.escape(name), html));
  }

  String html() {
    StringBuilder contents = new StringBuilder("<nav>");
    for (int i = 0; i < sections.size(); i++) {
      contents.append("<a href='#s%d'>%s</a>".formatted(i, Html.escape(sections.get(i))));
    }
    contents.append("</nav>");
    return """
        <!DOCTYPE html>
        <html lang='en'><head><meta charset='utf-8'>
        <meta name='viewport' content='width=device-width, initial-scale=1'>
        <title>%s</title><style>%s</style></head>
        <body><main><header>%s</header>%s%s<footer>Made by Lakewright.</footer></main></body></html>
        """
        .formatted(Html.escape(title), style(), head, contents, body);
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
