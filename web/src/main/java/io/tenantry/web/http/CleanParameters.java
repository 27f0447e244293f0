package io.tenantry.web.http;

import io.tenantry.text.InputText;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A filter that removes characters that no text may contain from the parameters of requests: a value with such a character in an address or a
 * plain form exists nowhere. Only the fields of a Faces form are left to {@link FieldText}, which reports the error at the field: those that
 * Faces reads, and whose names are within a form. Values sent with the request, such as a view state sent to a servlet, exempt nothing.
 */
public class CleanParameters extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var isUndecodable = Optional.ofNullable(ServletRequestContext.current())
                .filter(context -> FormEncoding.isUndecodable(context.getExchange()))
                .isPresent();
        if (isUndecodable && request.getDispatcherType() != DispatcherType.ERROR) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        chain.doFilter(new Cleaned(request, () -> FacesContext.getCurrentInstance() != null, !isUndecodable), response);
    }

    /** A request whose parameters are clean. */
    static final class Cleaned extends HttpServletRequestWrapper {
        private static final char SEPARATOR = ':';
        private final BooleanSupplier isReadByFaces;
        private final boolean isReadable;

        Cleaned(HttpServletRequest request, BooleanSupplier isReadByFaces, boolean isReadable) {
            super(request);
            this.isReadByFaces = isReadByFaces;
            this.isReadable = isReadable;
        }

        @Override
        public @Nullable String getParameter(String name) {
            @Nullable String value = read(() -> super.getParameter(name));
            return value == null || isField(name) ? value : InputText.withoutForbidden(value);
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            var values = read(() -> super.getParameterValues(name));
            return values == null || isField(name) ? values : cleaned(values);
        }

        /** Omits parameters without a name, which parts of a body may lack, and those whose name has such a character: nothing reads them. */
        @Override
        public Map<String, String[]> getParameterMap() {
            var all = new LinkedHashMap<String, String[]>();
            var sent = read(super::getParameterMap);
            Objects.requireNonNullElse(sent, Map.<String, String[]>of()).forEach((name, values) -> {
                if (name != null && InputText.withoutForbidden(name).equals(name)) {
                    all.put(name, isField(name) ? values : cleaned(values));
                }
            });
            return Collections.unmodifiableMap(all);
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(getParameterMap().keySet());
        }

        private boolean isField(String name) {
            return name.indexOf(SEPARATOR) > 0 && "POST".equals(getMethod()) && isReadByFaces.getAsBoolean();
        }

        /**
         * Reads parameters. The container reads the body when the first parameter is accessed, and fails in many ways if it is unreadable. The
         * error page for that is rendered as if the request had no parameters.
         */
        private <T> @Nullable T read(Supplier<@Nullable T> parameters) {
            if (!isReadable) {
                return null;
            }
            try {
                return parameters.get();
            } catch (RuntimeException malformed) {
                if (getDispatcherType() == DispatcherType.ERROR) {
                    return null;
                }
                throw new UnreadableBody(malformed);
            }
        }

        private static String[] cleaned(String[] values) {
            return Arrays.stream(values).map(InputText::withoutForbidden).toArray(String[]::new);
        }
    }
}
