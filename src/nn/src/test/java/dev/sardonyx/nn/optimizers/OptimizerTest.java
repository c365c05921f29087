package dev.sardonyx.nn.optimizers;

import static dev.sardonyx.nn.optimizers.Adam.adam;
import static dev.sardonyx.nn.optimizers.RMSprop.rmsprop;
import static dev.sardonyx.nn.optimizers.SGD.sgd;
import static dev.sardonyx.nn.schedules.ExponentialDecay.exponentialDecay;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.optimizers.Optimizer.Update;
import dev.sardonyx.nn.optimizers.Optimizer.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizerTest {
  private static final TensorType TYPE = TensorType.parse("float32[4,3]");

  @Test
  void kerasNamesFindTheirOptimizer() {
    assertInstanceOf(Adam.class, Optimizer.of("adam"));
    assertInstanceOf(SGD.class, Optimizer.of("sgd"));
    assertInstanceOf(SGD.class, Optimizer.of("SGD"));
    assertInstanceOf(RMSprop.class, Optimizer.of("rmsprop"));
    assertInstanceOf(AdamW.class, Optimizer.of("adamw"));
    assertInstanceOf(ScheduleFreeAdamW.class, Optimizer.of("schedule_free_adam_w"));
    refused("NN-032", () -> Optimizer.of("adamant"));
  }

  @Test
  void defaultsAreKerass() {
    assertEquals(0.01, sgd().learningRate(0L));
    assertEquals(0.001, adam().learningRate(0L));
    assertEquals(0.001, rmsprop().learningRate(0L));
    assertEquals(
        Map.of("beta_1", 0.9, "beta_2", 0.999, "epsilon", 1e-7, "amsgrad", false),
        own(adam(), "beta_1", "beta_2", "epsilon", "amsgrad"));
    assertEquals(
        Map.of("rho", 0.9, "momentum", 0.0, "epsilon", 1e-7, "centered", false, "name", "rm_sprop"),
        own(rmsprop(), "rho", "momentum", "epsilon", "centered", "name"));
  }

  private static Map<String, Object> own(Optimizer optimizer, String... keys) {
    Map<String, Object> config = optimizer.config();
    config.keySet().retainAll(List.of(keys));
    return config;
  }

  @Test
  void aConfigurationMakesTheSameOptimizer() {
    for (Optimizer optimizer :
        List.of(
            sgd(0.1).momentum(0.9).nesterov(true).clipnorm(1.0).weightDecay(0.01),
            adam(exponentialDecay(0.1, 2, 0.5)).beta1(0.8).beta2(0.9).epsilon(1e-3).amsgrad(true),
            rmsprop(0.1).rho(0.8).momentum(0.5).epsilon(1e-3).centered(true).globalClipnorm(2.0),
            adam().clipvalue(0.5).named("mine"),
            sgd().ema(0.9, 3L).gradientAccumulationSteps(4L),
            Adadelta.adadelta().rho(0.8).epsilon(1e-3),
            Adafactor.adafactor().beta2Decay(-0.6).clipThreshold(2).relativeStep(false),
            Adagrad.adagrad(0.1).initialAccumulatorValue(0.2),
            Adamax.adamax().beta1(0.8),
            AdamW.adamW(0.1),
            Ftrl.ftrl().l1RegularizationStrength(0.1).beta(0.2),
            Lamb.lamb().beta2(0.9),
            Lion.lion(0.1).beta1(0.8),
            Muon.muon().excludeLayers(List.of("out")).rmsRate(null).nsSteps(3),
            Nadam.nadam(0.1).beta1(0.8),
            ScheduleFreeAdamW.scheduleFreeAdamW().warmupSteps(5))) {
      Optimizer copy = Config.create(Optimizer.class, "optimizer", optimizer.serialize());
      assertEquals(optimizer.config(), copy.config());
      Value weight = Value.input("w", TYPE);
      assertEquals(optimizer.slots(weight), copy.slots(weight));
      assertEquals(optimizer.learningRate(3L), copy.learningRate(3L));
    }
  }

  @Test
  void theLearningRateIsSetOrFollowsASchedule() {
    Optimizer optimizer = adam(0.1);
    optimizer.learningRate(0.05);
    assertEquals(0.05, optimizer.learningRate(7L));
    assertEquals(0.025, sgd(exponentialDecay(0.1, 1, 0.5)).learningRate(2L));
    assertEquals(0.5, sgd(step -> 1.0 / step).learningRate(2L));
    refused("NN-034", () -> sgd(exponentialDecay(0.1, 1, 0.5)).learningRate(0.2));
  }

  @Test
  void impossibleOptionsAreRefused() {
    refused("NN-006", () -> sgd().momentum(1.5));
    refused("NN-036", () -> adam().clipnorm(1.0).clipvalue(1.0));
    refused("NN-006", () -> adam().ema(1.5, null));
    refused("NN-006", () -> adam().gradientAccumulationSteps(0L));
    Map<String, Object> config =
        Map.of("class_name", "Adam", "config", Map.of("loss_scale_factor", 2));
    refused("NN-002", () -> Config.create(Optimizer.class, "optimizer", config));
  }

  /** Kernels on whole weights are what a step costs: fewer of them is faster. */
  @ParameterizedTest
  @CsvSource({
    "SGD,2",
    "SGD momentum,4",
    "SGD nesterov,6",
    "Adam,10",
    "Adam amsgrad,11",
    "RMSprop,8"
  })
  void aStepTakesFewOperatorsOnTensors(String name, int expected) {
    Optimizer optimizer =
        switch (name) {
          case "SGD momentum" -> sgd().momentum(0.9);
          case "SGD nesterov" -> sgd().momentum(0.9).nesterov(true);
          case "Adam amsgrad" -> adam().amsgrad(true);
          default -> Optimizer.of(name);
        };
    Value weight = Value.input("w", TYPE);
    List<Value> slots =
        optimizer.slots(weight).stream().map(s -> Value.input(s.name(), s.type())).toList();
    Value rate = Value.input("rate", new TensorType(TYPE.element(), Shape.SCALAR));
    Value step = Value.input("step", rate.type());
    Value gradient = Value.input("g", TYPE);
    Variable variable = new Variable(weight, gradient, slots, rate, step);
    Update update = optimizer.apply(List.of(variable)).get(0);
    List<Value> outputs = new ArrayList<>(List.of(update.weight()));
    outputs.addAll(update.slots());
    List<Value> inputs = new ArrayList<>(List.of(weight, gradient, rate, step));
    inputs.addAll(slots);
    long onTensors =
        Graph.of("step", inputs, outputs).nodes().stream()
            .filter(n -> !n.isLeaf() && n.output().type().equals(TYPE))
            .count();
    assertEquals(expected, onTensors);
  }

  @Test
  void muonKeepsOneSlotOfAMatrix() {
    Value matrix = Value.input("dense/kernel", TYPE);
    Value embedding = Value.input("embedding/embeddings", TYPE);
    assertEquals(1, Muon.muon().slots(matrix).size());
    assertEquals(2, Muon.muon().slots(embedding).size());
    assertEquals(2, Muon.muon().excludeLayers(List.of("dense")).slots(matrix).size());
  }

  @Test
  void adafactorKeepsRowsAndColumns() {
    List<Optimizer.Slot> slots = Adafactor.adafactor().slots(Value.input("w", TYPE));
    assertEquals(
        List.of("float32[4]", "float32[3]", "float32[4,3]"),
        slots.stream().map(slot -> slot.type().toString()).toList());
  }

  private static void refused(String code, Executable work) {
    DiagnosticException e = assertThrows(DiagnosticException.class, work);
    assertEquals(code, e.diagnostic().code());
    assertEquals("OptimizerTest.java", e.diagnostic().at().file());
  }
}
