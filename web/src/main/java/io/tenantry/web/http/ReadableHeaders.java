package io.tenantry.web.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A filter for media types with a weight that is not a number, at which both frameworks fail with a server error. A page is rendered as if no
 * media type had been requested, as RFC 9110 (12.5.1) allows; an API client receives 400.
 */
public class ReadableHeaders extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String API = "/api/";
    private static final String ACCEPT = "Accept";
    private static final List<String> MEDIA_TYPES = List.of(ACCEPT, "Content-Type");
    private static final Pattern WEIGHT = Pattern.compile("(?i);\\s*q\\s*=([^;,]*)");
    private static final Pattern NUMBER = Pattern.compile("\\s*(?:[0-9]{1,9}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})\\s*");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (MEDIA_TYPES.stream().allMatch(name -> areWeighed(request.getHeaders(name)))) {
            chain.doFilter(request, response);
        } else if (request.getRequestURI().startsWith(API) && request.getDispatcherType() == DispatcherType.REQUEST) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        } else {
            chain.doFilter(new Unasked(request), response);
        }
    }

    private static boolean areWeighed(Enumeration<String> lists) {
        return Collections.list(lists).stream().allMatch(ReadableHeaders::isWeighed);
    }

    /** Returns whether each weight in a list of media types is a number. */
    public static boolean isWeighed(String list) {
        return WEIGHT.matcher(list)
                .results()
                .allMatch(weight -> NUMBER.matcher(weight.group(1)).matches());
    }

    /** A request without a requested media type. */
    private static final class Unasked extends HttpServletRequestWrapper {
        Unasked(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return ACCEPT.equalsIgnoreCase(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return ACCEPT.equalsIgnoreCase(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }
    }
}
