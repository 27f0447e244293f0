package io.tenantry.people;

import io.tenantry.isolation.RawConnection;
import io.tenantry.it.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A client that requests one URL of a host after the other and gets the raw bytes; keeps cookies. */
final class Reader implements AutoCloseable {
    private static final Pattern VIEW_STATE =
            Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]*)\"");
    private static final Pattern COOKIE = Pattern.compile("([^=]+)=([^;]*).*");

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

    private final int port;
    private final RawConnection rawConnection;
    private final Map<String, String> cookies = new TreeMap<>();
    private final String host;
    private final String language;
    private String heads = "";

    Reader(String host, String language) {
        this(host, language, Integer.getInteger(RunningServer.HTTP_PORT, 0));
    }

    private Reader(String host, String language, int port) {
        this(host, language, port, new RawConnection(port));
    }

    /** Uses another route, for instance through a proxy at that port. */
    Reader(String host, String language, int port, RawConnection rawConnection) {
        this.port = port;
        this.rawConnection = rawConnection;
        this.host = host;
        this.language = language;
        cookies.put("language", language);
        cookies.put("__Host-language", language);
    }

    /** Sends these headers with each request from now on, each with its line end. */
    Reader with(String always) {
        heads = always;
        return this;
    }

    RawConnection.Answer get(String path) {
        return get(path, "");
    }

    /** Requests with additional headers, each with its line end. */
    RawConnection.Answer get(String path, String heads) {
        return send("GET", path, heads, "");
    }

    /** Posts like a form of the same site. */
    RawConnection.Answer post(String path, String heads, String body) {
        return send("POST", path, heads + "Sec-Fetch-Site: same-origin\r\n", body);
    }

    /** Signs in and sets the reader's language, since a previous user may have stored another one. */
    void signIn(String email, String password) {
        var answer = tryToSignIn(email, password);
        if (answer.status() != 302) {
            throw new IllegalStateException(email + " did not come in at " + host + ": " + answer);
        }
        var kept = post("/preferences", FORM, "back=%2F&language=" + language);
        if (kept.status() != 303) {
            throw new IllegalStateException("no language was kept for " + email + ": " + kept);
        }
    }

    /** Returns the response of the sign-in page. */
    RawConnection.Answer tryToSignIn(String email, String password) {
        var state = VIEW_STATE.matcher(get("/sign-in").body());
        if (!state.find()) {
            throw new IllegalStateException("no form at the door of " + host);
        }
        var form = Map.of(
                "door",
                "door",
                "door:enter",
                "",
                "door:email",
                email,
                "door:password",
                password,
                "jakarta.faces.ViewState",
                state.group(1));
        var body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return post("/sign-in", FORM, body);
    }

    /** All cookies received so far. */
    String cookies() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Sends a request with any method. */
    RawConnection.Answer send(String method, String path, String further, String body) {
        var jar = cookies();
        var length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        try {
            var answer = rawConnection.send(method + " " + path + " HTTP/1.1\r\nHost: " + host + ":" + port
                    + "\r\nCookie: " + jar + "\r\n" + heads + further + length + "\r\n" + body);
            answer.header("set-cookie").forEach(this::keep);
            return answer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void keep(String cookie) {
        var parts = COOKIE.matcher(cookie);
        if (parts.matches()) {
            cookies.put(parts.group(1), parts.group(2));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        rawConnection.close();
    }
}
