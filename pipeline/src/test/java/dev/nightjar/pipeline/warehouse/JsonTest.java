package dev.nightjar.pipeline.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.DataException;
import dev.nightjar.training.ModelCard;
import dev.nightjar.training.tune.FoldFigures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static <T> T read(String json, Class<T> type) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), type, "file a.json");
  }

  @Test
  void keysAreInSnakeCaseAndAMissingFigureIsNull() {
    FoldFigures figures = new FoldFigures(0.25, Double.NaN, 0.5, List.of(0.125), List.of());
    String line =
        "{\"log_loss\":0.25,\"ndcg\":null,\"auc\":0.5,"
            + "\"log_loss_by_group\":[0.125],\"ndcg_by_group\":[]}";
    assertEquals(line, Json.line(figures));
    assertEquals(figures, read(line, FoldFigures.class));
    assertEquals(figures, read(Json.text(figures), FoldFigures.class));
  }

  @Test
  void figuresOfAnEarlierVersionAreRead() {
    assertEquals(
        new FoldFigures(0.25, Double.NaN, 0.5, List.of(0.125), List.of()),
        read(
            """
            {"logLoss":0.25,"ndcg":"NaN","auc":0.5,"logLossByGroup":[0.125],"ndcgByGroup":[]}
            """,
            FoldFigures.class));
  }

  @Test
  void theCardOfAnEarlierVersionIsRead() {
    ModelCard card =
        read(
            """
            {
              "model" : "timing",
              "dataFrom" : "2010-12-01",
              "dataTo" : "2011-10-31",
              "rows" : { "users" : 4010 },
              "settings" : { "history_days" : 365, "half_life_days" : 180.0 },
              "seed" : 20260301,
              "metrics" : { "open_auc" : 0.75 },
              "baselines" : { "constant" : { "open_auc" : 0.5 } },
              "notes" : [ "no pushes" ]
            }
            """,
            ModelCard.class);
    assertEquals(
        new ModelCard(
            "timing",
            "2010-12-01",
            "2011-10-31",
            Map.of("users", 4010L),
            Map.of("history_days", 365, "half_life_days", 180.0),
            20260301,
            Map.of("open_auc", 0.75),
            Map.of("constant", Map.of("open_auc", 0.5)),
            List.of("no pushes")),
        card);
    String now = Json.text(card);
    assertTrue(now.contains("\"data_from\" : \"2010-12-01\""), now);
    assertFalse(now.contains("dataFrom"), now);
    assertEquals(card, read(now, ModelCard.class));
  }

  @Test
  void theManifestOfAnEarlierVersionIsRead() {
    Manifest manifest =
        read(
            """
            {
              "table" : "send_hours",
              "date" : "2011-10-31",
              "run" : "20261126T114518-e3c0f5ae",
              "schema_version" : 1,
              "rows" : 673680,
              "inputs" : { "users/2011-10-31" : "20261126T114038-514f4e15" },
              "fingerprint" : "7fc7e01f959e87fd",
              "code_version" : "0.1.0+c7bb54fc",
              "seconds" : 5.233,
              "owner" : "a key that is no longer written"
            }
            """,
            Manifest.class);
    assertEquals(
        new Manifest(
            "send_hours",
            "2011-10-31",
            "20261126T114518-e3c0f5ae",
            1,
            673680,
            Map.of("users/2011-10-31", "20261126T114038-514f4e15"),
            "7fc7e01f959e87fd",
            "0.1.0+c7bb54fc",
            5.233,
            "",
            Map.of()),
        manifest);
    assertEquals(manifest, read(Json.text(manifest), Manifest.class));
  }

  @Test
  void aFileThatIsCutShortIsNamedWithWhatToDo() {
    DataException cut =
        assertThrows(DataException.class, () -> read("{\"table\": \"us", Manifest.class));
    assertEquals(
        "the file a.json is not readable JSON; delete it and run the night again",
        cut.getMessage());
  }
}
