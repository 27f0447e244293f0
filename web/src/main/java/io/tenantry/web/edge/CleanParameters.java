package io.tenantry.web.edge;

import io.tenantry.text.InputText;
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
import org.jspecify.annotations.Nullable;

/**
 * Parameters of requests without the characters that no text may contain: what an address or a plain form asks for with such a character exists
 * nowhere. Fields of a Faces form are left to {@link FieldText}, which says at the field what is wrong with it.
 */
public class CleanParameters extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String FACES_FORM = "jakarta.faces.ViewState";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new Cleaned(request), response);
    }

    private static final class Cleaned extends HttpServletRequestWrapper {
        Cleaned(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getParameter(String name) {
            var value = super.getParameter(name);
            return value == null || isFacesForm() ? value : InputText.withoutForbidden(value);
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            var values = super.getParameterValues(name);
            return values == null || isFacesForm() ? values : cleaned(values);
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            if (isFacesForm()) {
                return super.getParameterMap();
            }
            var all = new LinkedHashMap<String, String[]>();
            super.getParameterMap()
                    .forEach((name, values) -> all.put(InputText.withoutForbidden(name), cleaned(values)));
            return Collections.unmodifiableMap(all);
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return isFacesForm()
                    ? super.getParameterNames()
                    : Collections.enumeration(getParameterMap().keySet());
        }

        private boolean isFacesForm() {
            return "POST".equals(getMethod()) && super.getParameter(FACES_FORM) != null;
        }

        private static String[] cleaned(String[] values) {
            return Arrays.stream(values).map(InputText::withoutForbidden).toArray(String[]::new);
        }
    }
}
