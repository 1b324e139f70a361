package io.flexhandoff.workflow;

import java.math.BigDecimal;
import java.util.List;

/** TaskRouter's comparison operators. */
enum Comparison {
    EQUAL {
        @Override
        boolean test(Object left, Object right) {
            return scalars(left, right) && same(left, right);
        }
    },
    NOT_EQUAL {
        @Override
        boolean test(Object left, Object right) {
            // "x != null" asks whether x is there; any other comparison with a missing attribute does not match
            boolean oneIsNullLiteral = left == NULL || right == NULL;
            return scalars(left, right) && (oneIsNullLiteral || known(left, right)) && !same(left, right);
        }
    },
    LESS {
        @Override
        boolean test(Object left, Object right) {
            return comparable(left, right) && order(left, right) < 0;
        }
    },
    LESS_OR_EQUAL {
        @Override
        boolean test(Object left, Object right) {
            return comparable(left, right) && order(left, right) <= 0;
        }
    },
    GREATER {
        @Override
        boolean test(Object left, Object right) {
            return comparable(left, right) && order(left, right) > 0;
        }
    },
    GREATER_OR_EQUAL {
        @Override
        boolean test(Object left, Object right) {
            return comparable(left, right) && order(left, right) >= 0;
        }
    },
    CONTAINS {
        @Override
        boolean test(Object left, Object right) {
            return known(left, right) && scalars(left, right) && left.toString().contains(right.toString());
        }
    },
    HAS {
        @Override
        boolean test(Object left, Object right) {
            return left instanceof List<?> list && list.stream().anyMatch(element -> same(element, right));
        }
    },
    IN {
        @Override
        boolean test(Object left, Object right) {
            return known(left) && HAS.test(right, left);
        }
    },
    NOT_IN {
        @Override
        boolean test(Object left, Object right) {
            return known(left) && right instanceof List<?> && !HAS.test(right, left);
        }
    };

    /** The literal {@code null}, told apart from a missing attribute, which is Java's null. */
    static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    abstract boolean test(Object left, Object right);

    private static boolean known(Object... values) {
        for (Object value : values) {
            if (value == null || value == NULL) {
                return false;
            }
        }
        return true;
    }

    private static boolean scalars(Object left, Object right) {
        return !(left instanceof List) && !(right instanceof List);
    }

    private static boolean same(Object left, Object right) {
        if (!known(left) || !known(right)) {
            return !known(left) && !known(right) && (left == NULL || right == NULL);
        }
        if (left instanceof Number && right instanceof Number) {
            return order(left, right) == 0;
        }
        return left.equals(right);
    }

    private static boolean comparable(Object left, Object right) {
        return left instanceof Number && right instanceof Number || left instanceof String && right instanceof String;
    }

    private static int order(Object left, Object right) {
        if (left instanceof String text) {
            return text.compareTo((String) right);
        }
        Number first = (Number) left;
        Number second = (Number) right;
        return Double.isInfinite(first.doubleValue()) || Double.isInfinite(second.doubleValue())
                ? Double.compare(first.doubleValue(), second.doubleValue())
                : new BigDecimal(first.toString()).compareTo(new BigDecimal(second.toString()));
    }
}
