package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds or takes away elements at both ends of the spatial axes.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class BorderLayer<L extends BorderLayer<L>> extends SingleInputLayer {
  private final int rank;
  private final String option;
  private List<List<Long>> border;
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;

  BorderLayer(int rank, String option, long standard) {
    this.rank = rank;
    this.option = option;
    this.border = Collections.nCopies(rank, List.of(standard, standard));
  }

  abstract L self();

  /** One number for all ends, one for each axis, or for each axis one for either end. */
  final L with(long... numbers) {
    border = checked(Arrays.stream(numbers).boxed().toList());
    return self();
  }

  /** Where the channels lie; last by default. */
  public L dataFormat(DataFormat format) {
    dataFormat = format;
    return self();
  }

  @Override
  public L named(String newName) {
    super.named(newName);
    return self();
  }

  private List<List<Long>> checked(List<Long> numbers) {
    int count = numbers.size();
    if (count != 1 && count != rank && count != 2 * rank) {
      throw Allowed.refusal(
          this,
          option,
          rank == 1 ? "one number or two" : "1, %s or %s numbers".formatted(rank, 2 * rank),
          numbers,
          "for each axis, one for its beginning and one for its end");
    }
    numbers.forEach(number -> Allowed.atLeast(0, this, option, number));
    List<List<Long>> pairs = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int first = count == 1 ? 0 : count == rank ? i : 2 * i;
      boolean both = count == 2 * rank;
      pairs.add(List.of(numbers.get(first), numbers.get(both ? first + 1 : first)));
    }
    return List.copyOf(pairs);
  }

  @Override
  protected final Value call(Call call, Value x) {
    Axes.requireSpatial(this, x.tensorType(), dataFormat, rank);
    int first = dataFormat == DataFormat.CHANNELS_LAST ? 1 : 2;
    return change(x, first, border);
  }

  /** The result, where {@code border} is for the axes from {@code first} on. */
  abstract Value change(Value x, int first, List<List<Long>> border);

  /** Whether Keras has the option data_format for this layer. */
  boolean hasDataFormat() {
    return true;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    Object written = rank == 1 ? border.get(0) : border;
    Object given = config.json(option, written);
    border = checked(flat(given));
    if (hasDataFormat()) {
      dataFormat = config.choice("data_format", dataFormat);
    }
  }

  /** Numbers in lists of lists, one of a pair standing for both where the other axis has two. */
  private List<Long> flat(@Nullable Object given) {
    List<Long> numbers = new ArrayList<>();
    List<?> items = given instanceof List<?> list ? list : Collections.singletonList(given);
    boolean pairs = items.stream().anyMatch(List.class::isInstance);
    for (Object item : items) {
      if (item instanceof Number number && number.doubleValue() == number.longValue()) {
        numbers.addAll(Collections.nCopies(pairs ? 2 : 1, number.longValue()));
      } else if (item instanceof List<?> pair && pair.size() == 2) {
        pair.forEach(end -> numbers.add(end instanceof Number n ? n.longValue() : -1L));
      } else {
        throw Allowed.refusal(this, option, "numbers", String.valueOf(given), "give numbers");
      }
    }
    return numbers;
  }
}
