package io.tenantry.web.api;

import io.tenantry.people.identity.NotFoundException;
import io.tenantry.text.InputText;
import io.tenantry.web.problem.ProblemException;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A provider that converts numbers and booleans in parameters. The framework would respond with 404 and its own names to a value that it cannot
 * convert; here an invalid query parameter is rejected by its name, and a path with an invalid id is not found.
 */
@Provider
public class ParameterTypes implements ParamConverterProvider {
    private static final int FOUND_MAX = 100;

    private static final Map<Class<?>, Function<String, Object>> TYPES = Map.of(
            Integer.class, Integer::valueOf,
            int.class, Integer::valueOf,
            Long.class, Long::valueOf,
            long.class, Long::valueOf,
            Boolean.class, ParameterTypes::flag,
            boolean.class, ParameterTypes::flag);

    private static final Map<Class<?>, Object> ABSENT = Map.of(int.class, 0, long.class, 0L, boolean.class, false);

    @Override
    public @Nullable <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        var reading = TYPES.get(type);
        return reading == null ? null : new Converter<>(type, reading, List.of(annotations));
    }

    private static Boolean flag(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException(text);
    }

    private static final class Converter<T> implements ParamConverter<T> {
        private final Class<T> type;
        private final Function<String, Object> reading;
        private final List<Annotation> annotations;

        Converter(Class<T> type, Function<String, Object> reading, List<Annotation> annotations) {
            this.type = type;
            this.reading = reading;
            this.annotations = annotations;
        }

        @Override
        @SuppressWarnings("unchecked")
        public @Nullable T fromString(@Nullable String text) {
            if (text == null) {
                return (T) ABSENT.get(type);
            }
            try {
                return (T) reading.apply(text.strip());
            } catch (IllegalArgumentException other) {
                throw refusal(text);
            }
        }

        @Override
        public String toString(T value) {
            return String.valueOf(value);
        }

        private RuntimeException refusal(String text) {
            for (var annotation : annotations) {
                if (annotation instanceof PathParam path) {
                    return new NotFoundException(path.value(), "of that number");
                }
                if (annotation instanceof QueryParam query) {
                    return ProblemException.field(query.value(), "malformed", shown(text));
                }
                if (annotation instanceof HeaderParam header) {
                    return ProblemException.field(header.value(), "malformed", shown(text));
                }
            }
            return ProblemException.field("", "malformed", shown(text));
        }

        private static String shown(String text) {
            return InputText.cut(text, FOUND_MAX);
        }
    }
}
