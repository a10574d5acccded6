package dev.lakewright.config;

import dev.lakewright.errors.ConfigException;
import java.util.function.IntFunction;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Tells a YAML syntax error in one line, without quoting the values around it. */
final class YamlSyntax {

  private YamlSyntax() {}

  static ConfigException problem(
      YamlEngineException cause, String yaml, IntFunction<String> placeOfLine) {
    if (cause instanceof MarkedYamlEngineException marked) {
      int line = marked.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      return problem(placeOfLine.apply(line), explained(marked));
    }
    if (cause instanceof ReaderException reader) {
      int line =
          1 + (int) yaml.codePoints().limit(reader.getPosition()).filter(c -> c == '\n').count();
      return problem(
          placeOfLine.apply(line),
          "the character U+%04X is not allowed; remove it".formatted(reader.getCodePoint()));
    }
    return problem(placeOfLine.apply(1), Quoted.line(cause.getMessage()));
  }

  private static ConfigException problem(String place, String explanation) {
    return new ConfigException(place + ": not valid YAML: " + explanation);
  }

  private static String explained(MarkedYamlEngineException cause) {
    String problem = cause.getProblem();
    if (problem.contains("(TAB)")) {
      return "a tab cannot indent; use spaces";
    }
    if (problem.contains("tag handle")) {
      return "YAML tags (!...) are not supported; quote a text that begins with !";
    }
    if (problem.contains("cannot start any token")) {
      return problem.replaceFirst(" that cannot start any token.*", " cannot begin a value")
          + "; put the value in quotes";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "a second ': ' in one line, or a line indented unlike its neighbours; quote a value"
          + " that holds ': '";
    }
    String context = cause.getContext();
    return problem + (context == null || context.isEmpty() ? "" : " (" + context + ")");
  }
}
