package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.grid.filter.ValueTest;
import io.mnemogrid.node.model.Condition;
import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.FieldValue;
import io.mnemogrid.node.model.MemoryField;
import io.mnemogrid.node.model.MemoryFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whether records pass a filter. Made ready once for a search and then asked about each record,
 * which it reads as far as the filter needs, what is cheap first. One thread at a time.
 */
public final class RecordFilter {
  /** Between two looks at the clock, which costs as much as some hundred bytes do. */
  private static final int BYTES_A_LOOK = 1 << 16;

  private static final int LEAST_BYTES = 256;

  private final Check check;
  private final boolean passesAll;
  private final TimeWindow window;
  private final RecordFields fields;
  private final ReadTime time;
  private int bytesLeft = BYTES_A_LOOK;

  private RecordFilter(Check check, TimeWindow window, RecordFields fields, ReadTime time) {
    this.check = check;
    this.window = window;
    this.passesAll = check instanceof AllOf all && all.checks().length == 0;
    this.fields = fields;
    this.time = time;
  }

  /** A filter that may take as long as it takes. */
  public static RecordFilter of(MemoryFilter filter) {
    return of(filter, ReadTime.unlimited(0));
  }

  /** A filter that is given up when the time is over. */
  public static RecordFilter of(MemoryFilter filter, ReadTime time) {
    Compiler compiler = new Compiler();
    Condition condition = filter.asCondition();
    Check check = compiler.compile(condition);
    TimeWindow window = TimeWindow.of(condition);
    return new RecordFilter(check, window, new RecordFields(compiler.paths), time);
  }

  /** Whether there is nothing to ask of a record. */
  boolean passesAll() {
    return passesAll;
  }

  /** What is not of that time passes in no case. */
  TimeWindow window() {
    return window;
  }

  /**
   * Whether all of the filter's conditions hold of a memory; a tombstone is none.
   *
   * @throws ReadTimeoutException if there is no time left to tell
   */
  public boolean passes(MemoryRecord record) {
    if (passesAll) {
      return true;
    }
    byte[] bytes = record.bytes();
    bytesLeft -= Math.max(LEAST_BYTES, bytes.length);
    if (bytesLeft < 0) {
      bytesLeft = BYTES_A_LOOK;
      time.require();
    }
    fields.open(bytes);
    return check.holds(fields);
  }

  /** A condition made ready. */
  private sealed interface Check {
    boolean holds(RecordFields record);

    /** Roughly what it costs, to ask the cheapest first. */
    int cost();
  }

  private record AllOf(Check[] checks, int cost) implements Check {
    @Override
    public boolean holds(RecordFields record) {
      for (Check check : checks) {
        if (!check.holds(record)) {
          return false;
        }
      }
      return true;
    }
  }

  private record AnyOf(Check[] checks, int cost) implements Check {
    @Override
    public boolean holds(RecordFields record) {
      for (Check check : checks) {
        if (check.holds(record)) {
          return true;
        }
      }
      return false;
    }
  }

  private record Opposite(Check check) implements Check {
    @Override
    public boolean holds(RecordFields record) {
      return !check.holds(record);
    }

    @Override
    public int cost() {
      return check.cost();
    }
  }

  private record OfOwn(MemoryField.Own field, ValueTest test) implements Check {
    @Override
    public boolean holds(RecordFields record) {
      return record.passes(field, test);
    }

    @Override
    public int cost() {
      return RecordFields.cost(field) + test.cost();
    }
  }

  /**
   * @param path as numbered for {@link RecordFields}
   */
  private record OfMetadata(int path, ValueTest test) implements Check {
    @Override
    public boolean holds(RecordFields record) {
      return record.metadataPasses(path, test);
    }

    @Override
    public int cost() {
      return RecordFields.COST_OF_METADATA + test.cost();
    }
  }

  /** Makes conditions ready and numbers the paths that they are about. */
  private static final class Compiler {
    private final List<String> paths = new ArrayList<>();

    Check compile(Condition condition) {
      return switch (condition) {
        case Condition.All(List<Condition> all) -> {
          Check[] checks = sorted(all);
          yield new AllOf(checks, cost(checks));
        }
        case Condition.Any(List<Condition> any) -> {
          Check[] checks = sorted(any);
          yield new AnyOf(checks, cost(checks));
        }
        case Condition.Not(Condition opposite) -> new Opposite(compile(opposite));
        case Condition.On(MemoryField.Metadata(String path), FieldTest test) ->
            new OfMetadata(numberOf(path), ValueTest.of(test));
        case Condition.On(MemoryField.Own field, FieldTest test) ->
            new OfOwn(
                field, ValueTest.of(field == MemoryField.Own.IMPORTANCE ? onFloats(test) : test));
      };
    }

    private Check[] sorted(List<Condition> conditions) {
      return conditions.stream()
          .map(this::compile)
          .sorted(Comparator.comparingInt(Check::cost))
          .toArray(Check[]::new);
    }

    private static int cost(Check[] checks) {
      int cost = 0;
      for (Check check : checks) {
        cost += check.cost();
      }
      return cost;
    }

    private int numberOf(String path) {
      int number = paths.indexOf(path);
      if (number >= 0) {
        return number;
      }
      paths.add(path);
      return paths.size() - 1;
    }
  }

  /** The test for a number as it is kept, in 32 bits, that has the same answer for it as shown. */
  private static FieldTest onFloats(FieldTest test) {
    return switch (test) {
      case FieldTest.Equals(FieldValue value) -> new FieldTest.Equals(onFloats(value));
      case FieldTest.OneOf(List<FieldValue> values) ->
          new FieldTest.OneOf(values.stream().map(RecordFilter::onFloats).toList());
      case FieldTest.Compares(FieldTest.Order order, FieldValue bound) ->
          new FieldTest.Compares(order, onFloats(bound));
      case FieldTest.Exists _,
          FieldTest.Contains _,
          FieldTest.Matches _,
          FieldTest.HoldsAny _,
          FieldTest.HoldsAll _ ->
          test;
    };
  }

  /** 0.3 becomes what the float 0.3 is exactly, and what is between two floats stays there. */
  private static FieldValue onFloats(FieldValue value) {
    double number;
    switch (value) {
      case FieldValue.Whole(long whole) -> number = whole;
      case FieldValue.Real(double real) -> number = real;
      case FieldValue.Null _, FieldValue.Flag _, FieldValue.Text _ -> {
        return value;
      }
    }
    float nearest = (float) number;
    int side = Double.compare(number, Double.parseDouble(Float.toString(nearest)));
    double kept = nearest;
    return FieldValue.number(side == 0 ? kept : side > 0 ? Math.nextUp(kept) : Math.nextDown(kept));
  }
}
