package io.flexhandoff.component.ledger;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The way from a value to something in it, step by step: the entry of a map, a record's component, a getter, or any
 * method without arguments. {@code null} on the way is {@code null} at its end. How a step is taken is found once for
 * each class.
 */
final class PropertyPath {

    private final String name;
    private final List<Step> steps;

    /**
     * @param name of the parameter, for errors
     * @param path names with dots between them; empty for the value itself
     */
    PropertyPath(String name, String path) {
        this.name = name;
        this.steps = path.isEmpty()
                ? List.of()
                : Arrays.stream(path.split("\\.")).map(Step::new).toList();
    }

    /** @throws IllegalArgumentException when a value on the way has no such property */
    Object read(Object root) {
        Object value = root;
        for (Step step : steps) {
            if (value == null) {
                return null;
            }
            value = value instanceof Map<?, ?> map ? map.get(step.property) : step.read(value);
        }
        return value;
    }

    private final class Step {
        private final String property;
        private final ClassValue<MethodHandle> getters = new ClassValue<>() {
            @Override
            protected MethodHandle computeValue(Class<?> type) {
                return getter(type);
            }
        };

        Step(String property) {
            this.property = property;
        }

        Object read(Object value) {
            try {
                return (Object) getters.get(value.getClass()).invokeExact(value);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(":#" + name + " cannot be read", e);
            }
        }

        private MethodHandle getter(Class<?> type) {
            String capital = property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
            for (String candidate : List.of(property, "get" + capital, "is" + capital)) {
                Method method = Stream.of(type.getMethods())
                        .filter(each -> each.getName().equals(candidate)
                                && each.getParameterCount() == 0
                                && each.getReturnType() != void.class
                                && !Modifier.isStatic(each.getModifiers())
                                && each.trySetAccessible())
                        .findFirst()
                        .orElse(null);
                if (method != null) {
                    try {
                        return MethodHandles.lookup()
                                .unreflect(method)
                                .asType(MethodType.methodType(Object.class, Object.class));
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
            throw new IllegalArgumentException(
                    ":#" + name + ": " + type.getSimpleName() + " has no property '" + property + "'");
        }
    }
}
