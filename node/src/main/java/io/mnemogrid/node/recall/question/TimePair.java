package io.mnemogrid.node.recall.question;

/**
 * A time in which something begins and one in which it ends. What one says of the year is said of
 * both: from March to May 2023.
 */
record TimePair(NamedTime first, NamedTime last) {

  static TimePair of(NamedTime first, NamedTime last) {
    if (last.everyYear() && !first.everyYear()) {
      NamedTime sameYear = last.inYear(first.from().getYear());
      boolean turned = !first.from().isBefore(sameYear.to());
      return new TimePair(first, turned ? sameYear.yearsLater(1) : sameYear);
    }
    if (!first.everyYear()) {
      return new TimePair(first, last);
    }
    NamedTime begin = last.everyYear() ? first : first.inYear(last.from().getYear());
    boolean turned = !begin.from().isBefore(last.to());
    return new TimePair(turned ? begin.yearsLater(-1) : begin, last);
  }

  boolean isInOrder() {
    return first.from().isBefore(last.to());
  }
}
