package dev.lakewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierStorageTest {

  private static final Map<String, byte[]> FILES = ClassifierStorage.write(SampleModels.binary());
  private static final Map<String, byte[]> ENSEMBLE =
      ClassifierStorage.write(SampleModels.boosted());
  private static final String DAMAGED =
      "(?s)(%s) is damaged: [^\n]+; restore it from a copy or use another version of the model";

  @Test
  void givesBackAModelThatScoresTheSameBits() {
    for (Classifier classifier : SampleModels.all()) {
      Classifier read = ClassifierStorage.read(ClassifierStorage.write(classifier));

      assertThat(SampleModels.scores(read)).isEqualTo(SampleModels.scores(classifier));
      assertThat(read.labels()).isEqualTo(classifier.labels());
      assertThat(read.schema()).isEqualTo(classifier.schema());
      assertThat(read.featurizer().config()).isEqualTo(classifier.featurizer().config());
      assertThat(read.terms()).isEqualTo(classifier.terms());
      assertThat(read.provenance()).isEqualTo(classifier.provenance());
    }
  }

  @Test
  void writesTheSameBytesForTheSameModel() {
    for (Classifier classifier : SampleModels.all()) {
      Map<String, byte[]> files = ClassifierStorage.write(classifier);
      Map<String, byte[]> again = ClassifierStorage.write(ClassifierStorage.read(files));

      ClassifierStorage.FILES.forEach(
          name -> assertThat(again.get(name)).as(name).isEqualTo(files.get(name)));
    }
  }

  @Test
  void storesOfAVocabularyOnlyTheTermsThatAreFeatures() {
    Classifier ternary = SampleModels.ternary();
    Map<String, byte[]> files = ClassifierStorage.write(ternary);
    SafetensorsReader weights = new SafetensorsReader("weights", files.get("weights.safetensors"));

    assertThat(weights.ints("spaces.1.terms.offsets")).hasSize(20 + 1);
    assertThat(new String(weights.bytes("spaces.1.terms.bytes"), StandardCharsets.UTF_8))
        .contains("meet")
        .doesNotContain("the");
  }

  @Test
  void loadsFromADirectory(@TempDir Path directory) throws IOException {
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }

    assertThat(SampleModels.scores(Classifier.load(directory)))
        .isEqualTo(SampleModels.scores(SampleModels.binary()));
  }

  @Test
  void namesTheFileThatIsMissing(@TempDir Path directory) throws IOException {
    Files.write(directory.resolve("model.json"), FILES.get("model.json"));

    assertThatThrownBy(() -> Classifier.load(directory))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "%s does not exist; give the directory that holds a model's model.json and weights.safetensors"
                .formatted(directory.resolve("weights.safetensors")));
    assertThatThrownBy(() -> ClassifierStorage.read(Map.of("model.json", FILES.get("model.json"))))
        .isInstanceOf(StorageException.class)
        .hasMessage("a model needs the file weights.safetensors, and there are only [model.json]");
  }

  @Test
  void refusesAnotherFormatVersionTellingBoth() {
    assertThatThrownBy(() -> ClassifierStorage.read(resealed(FILES, "format_version", "2")))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "model.json has format_version 2, and this release reads 1; use the release that wrote"
                + " it, or train again");
  }

  @Test
  void refusesWhatIsNoModel() {
    Map<String, byte[]> files = new HashMap<>(FILES);
    files.put("model.json", "{\"format\": \"recipe\"}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> ClassifierStorage.read(files))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "model.json is damaged: its format is 'recipe', not lakewright-model; restore it from a"
                + " copy or use another version of the model");
  }

  /** Of two classes; every file is sound by itself, as one that was edited with care. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "labels | ['a', 'b', 'c'] | 3 classes need",
        "labels | ['a', 'a'] | a scorer of 2 classes needs as many different labels, not [a, a]",
        "calibration | {'method': 'isotonic', 'functions': [{'x': [0, 1], 'y': [0, 1]}]}"
            + "| the model has 2 classes, and its calibration 1",
        "calibration | {'method': 'isotonic', 'functions': [{'x': [0, 1], 'y': [0]}]}"
            + "| the stored calibration cannot be read: 2 x and 1 y",
        "calibration | {'method': 'prior_corrected', 'factors': [1, 2, 3], 'of': {'method': 'none'}}"
            + "| the model has 2 classes, and its calibration 3",
        "calibration | {'method': 'prior_corrected', 'factors': [1, 2], 'of':"
            + " {'method': 'isotonic', 'functions': []}}"
            + "| 2 factors correct a calibration of 0 classes",
        "calibration | {'method': 'magic'} | the stored calibration cannot be read: method is 'magic'",
        "thresholds | {'kind': 'per_class', 'values': [0.5]}"
            + "| the model has 2 classes, and its thresholds 1",
        "thresholds | {'kind': 'per_class', 'values': [0.5, 0]} | a threshold must be in (0, 1], not 0.0",
        "thresholds | {'kind': 'least_cost', 'costs': [[0]]}"
            + "| the model has 2 classes, and its thresholds 1",
        "thresholds | {'kind': 'least_cost', 'costs': [[0, 1], [1]]}"
            + "| costs of 2 classes have a row of 1",
        "thresholds | {'kind': 'least_cost', 'costs': [[0, 1], [1, 'x']]}"
            + "| a cost must be finite, not NaN",
        "terms | {'100000': 'free'} | a term names feature 100000 ('free'), and the featurizer makes",
        "terms | {'-1': 'free'} | a term names feature -1 ('free')",
      })
  void refusesAModelWhosePartsDoNotFit(String field, String json, String finding)
      throws IOException {
    assertUnfit(resealed(FILES, field, json.replace('\'', '"')), "model.json", finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "labels | ['a', 'b', 'c', 'd'] | tensor ensemble.0.weights has",
        "labels | ['a', 'b'] | tensor ensemble.0.weights has",
        "members | 2 | it has 2 members, and votes of 3",
        "vote | 'loud' | its vote is 'loud'",
        "scorer | 'linear' | it has no tensor linear.weights",
      })
  void refusesAnEnsembleWhosePartsDoNotFit(String field, String json, String finding)
      throws IOException {
    assertUnfit(
        resealed(ENSEMBLE, field, json.replace('\'', '"')),
        "model.json|weights.safetensors",
        finding);
  }

  private static void assertUnfit(Map<String, byte[]> files, String names, String finding) {
    assertThatThrownBy(() -> ClassifierStorage.read(files))
        .isInstanceOf(StorageException.class)
        .hasMessageMatching(DAMAGED.formatted(names))
        .hasMessageContaining(finding);
  }

  @Test
  void refusesWeightsOfAnotherModel() {
    Map<String, byte[]> files = new HashMap<>(FILES);
    files.put(
        "weights.safetensors",
        ClassifierStorage.write(SampleModels.ternary()).get("weights.safetensors"));

    assertThatThrownBy(() -> ClassifierStorage.read(files))
        .isInstanceOf(StorageException.class)
        .hasMessageMatching(DAMAGED.formatted("weights.safetensors"))
        .hasMessageContaining("its SHA-256 is");
  }

  @Property(tries = 500)
  void refusesAnyChangedBit(
      @ForAll boolean inModel,
      @ForAll boolean ensemble,
      @ForAll @IntRange(max = Integer.MAX_VALUE - 1) int place) {
    Map<String, byte[]> files = ensemble ? ENSEMBLE : FILES;
    String name = inModel ? "model.json" : "weights.safetensors";
    byte[] damaged = files.get(name).clone();
    damaged[(place >>> 3) % damaged.length] ^= (byte) (1 << (place & 7));

    assertRefused(files, name, damaged);
  }

  @Test
  void storesOfAMemberOnlyTheFeaturesThatItWeighs() {
    SafetensorsReader weights =
        new SafetensorsReader("weights", ENSEMBLE.get("weights.safetensors"));
    int features = SampleModels.boosted().featurizer().size();

    assertThat(weights.ints("ensemble.0.features")).hasSizeBetween(1, features - 1);
    assertThat(weights.floats("ensemble.0.weights"))
        .hasSize(3 * weights.ints("ensemble.0.features").length);
  }

  @Test
  void refusesAScorerItDoesNotKnow() {
    assertThatThrownBy(() -> ClassifierStorage.read(resealed(FILES, "scorer", "\"oracle\"")))
        .isInstanceOf(StorageException.class)
        .hasMessageMatching(DAMAGED.formatted("model.json"))
        .hasMessageContaining("its scorer is 'oracle'");
  }

  @Property(tries = 100)
  void refusesAnyTruncation(
      @ForAll boolean inModel, @ForAll @IntRange(max = Integer.MAX_VALUE - 1) int length) {
    String name = inModel ? "model.json" : "weights.safetensors";
    byte[] whole = FILES.get(name);

    assertRefused(FILES, name, Arrays.copyOf(whole, length % whole.length));
  }

  private static void assertRefused(Map<String, byte[]> whole, String name, byte[] damaged) {
    Map<String, byte[]> files = new HashMap<>(whole);
    files.put(name, damaged);

    assertThatThrownBy(() -> ClassifierStorage.read(files))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith(name)
        .hasMessageNotContaining("\n");
  }

  /** The model's files with one field set to other JSON and a checksum that is right. */
  private static Map<String, byte[]> resealed(Map<String, byte[]> whole, String field, String json)
      throws IOException {
    ObjectNode tree = ModelJson.parse("model.json", whole.get("model.json"));
    tree.remove("checksum");
    tree.set(field, ModelJson.MAPPER.readTree(json));
    Map<String, byte[]> files = new HashMap<>(whole);
    files.put("model.json", ModelJson.seal(tree));
    return files;
  }
}
