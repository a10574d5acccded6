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
    assertThatThrownBy(() -> ClassifierStorage.read(resealed("format_version", "2")))
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

  @Test
  void refusesAModelWhosePartsDoNotFit() {
    assertThatThrownBy(() -> ClassifierStorage.read(resealed("labels", "[\"a\", \"b\", \"c\"]")))
        .isInstanceOf(StorageException.class)
        .hasMessageMatching(DAMAGED.formatted("model.json"))
        .hasMessageContaining("3 classes need");
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
    assertThatThrownBy(() -> ClassifierStorage.read(resealed("scorer", "\"oracle\"")))
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
  private static Map<String, byte[]> resealed(String field, String json) throws IOException {
    ObjectNode tree = ModelJson.parse("model.json", FILES.get("model.json"));
    tree.remove("checksum");
    tree.set(field, ModelJson.MAPPER.readTree(json));
    Map<String, byte[]> files = new HashMap<>(FILES);
    files.put("model.json", ModelJson.seal(tree));
    return files;
  }
}
