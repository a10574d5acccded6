package dev.lakewright.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.param.Params;
import scala.jdk.javaapi.CollectionConverters;

/** Param maps as JSON: params are named by their owner's uid, values written by the params. */
final class ParamGrid {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ParamGrid() {}

  static JsonNode toJson(ParamMap[] maps, Params... owners) {
    Map<String, Params> byUid = byUid(owners);
    ArrayNode grid = JSON.createArrayNode();
    for (ParamMap map : maps) {
      ArrayNode pairs = grid.addArray();
      for (ParamPair<?> pair : CollectionConverters.asJava(map.toSeq())) {
        owner(byUid, pair.param().parent());
        ObjectNode node = pairs.addObject();
        node.put("parent", pair.param().parent());
        node.put("name", pair.param().name());
        node.put("value", encode(pair));
      }
    }
    return grid;
  }

  private static <T> String encode(ParamPair<T> pair) {
    return pair.param().jsonEncode(pair.value());
  }

  static ParamMap[] fromJson(JsonNode grid, Params... owners) {
    Map<String, Params> byUid = byUid(owners);
    List<ParamMap> maps = new ArrayList<>();
    for (JsonNode pairs : grid) {
      ParamMap map = new ParamMap();
      for (JsonNode node : pairs) {
        Params owner = owner(byUid, node.path("parent").asText());
        Param<Object> param = owner.getParam(node.path("name").asText());
        map.put(param, param.jsonDecode(node.path("value").asText()));
      }
      maps.add(map);
    }
    return maps.toArray(ParamMap[]::new);
  }

  private static Params owner(Map<String, Params> byUid, String uid) {
    Params owner = byUid.get(uid);
    if (owner == null) {
      throw new IllegalArgumentException(
          "a param map names a stage %s that the estimator does not have; its stages are %s"
              .formatted(uid, String.join(", ", byUid.keySet())));
    }
    return owner;
  }

  private static Map<String, Params> byUid(Params... owners) {
    Map<String, Params> byUid = new HashMap<>();
    for (Params owner : owners) {
      add(owner, byUid);
    }
    return byUid;
  }

  private static void add(Params owner, Map<String, Params> byUid) {
    byUid.put(owner.uid(), owner);
    if (owner instanceof Pipeline pipeline) {
      for (PipelineStage stage : pipeline.getStages()) {
        add(stage, byUid);
      }
    }
  }
}
