package dev.lakewright.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Opens reports in a real browser, where there is one. */
final class Browser {

  private Browser() {}

  /** No sideways scroll on a phone or a desktop. */
  static void assertFits(String html, Path folder) throws IOException, InterruptedException {
    Optional<Path> browser =
        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(browser.isPresent(), "no Chromium here: the page is not opened in a browser");
    Files.writeString(folder.resolve("report.html"), html);
    for (int width : new int[] {400, 1280}) {
      assertThat(overflow(browser.get(), folder, width)).as("width " + width).isEqualTo("fits");
    }
  }

  private static String overflow(Path browser, Path folder, int width)
      throws IOException, InterruptedException {
    Path wrapper = folder.resolve("wrapper" + width + ".html");
    Files.writeString(
        wrapper,
        """
        <!DOCTYPE html><body><iframe id=f src=report.html style="border:0;width:%dpx;height:900px"></iframe>
        <script>onload=()=>{const d=document.getElementById('f').contentDocument.documentElement;
        document.title=d.scrollWidth<=%d?'fits':'scrolls to '+d.scrollWidth}</script>
        """
            .formatted(width, width));
    Path out = folder.resolve("dom" + width);
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--allow-file-access-from-files",
                "--user-data-dir=" + folder.resolve("profile" + width),
                "--window-size=1400,1000",
                "--virtual-time-budget=5000",
                "--dump-dom",
                wrapper.toUri().toString())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Matcher title = Pattern.compile("<title>(.*?)</title>").matcher(Files.readString(out));
    return title.find() ? title.group(1) : "no title";
  }
}
