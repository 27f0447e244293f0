package io.tenantry.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without scripts, on one host of the server it runs in: keeps cookies, fills in forms and sends the origin of posts. */
final class Browser {
    private static final Pattern HIDDEN = Pattern.compile("name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"");
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");
    private static final Pattern COOKIE = Pattern.compile("([^=]+)=([^;]*).*");

    private final String host;
    private final int port;
    private final Map<String, String> cookies = new TreeMap<>();

    Browser(String host) {
        this.host = host;
        this.port = Integer.getInteger("jboss.http.port", 8080);
    }

    /** A response. */
    record Answer(int status, String location, String head, String body) {
        /** A header, or empty if absent. */
        String header(String name) {
            var found = Pattern.compile("(?im)^" + Pattern.quote(name) + ":\\s*(.*?)\\s*$")
                    .matcher(head);
            return found.find() ? found.group(1) : "";
        }

        /** The error messages. */
        String refusal() {
            var found = Pattern.compile("ui-messages-error-summary\">([^<]*)").matcher(body);
            return found.find() ? found.group(1) : "";
        }
    }

    String cookie(String name) {
        return Objects.requireNonNullElse(cookies.get(name), "");
    }

    void cookie(String name, String value) {
        cookies.put(name, value);
    }

    Answer get(String path) {
        return send("GET", path, "", Map.of());
    }

    Answer get(String path, Map<String, String> headers) {
        return send("GET", path, "", headers);
    }

    Answer post(String path, Map<String, String> fields, Map<String, String> headers) {
        var body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        var all = new TreeMap<>(headers);
        all.put("Content-Type", "application/x-www-form-urlencoded");
        return send("POST", path, body, all);
    }

    /** Posts as an API client. */
    Answer json(String path, String body, Map<String, String> headers) {
        var all = new TreeMap<>(headers);
        all.put("Content-Type", "application/json");
        return send("POST", path, body, all);
    }

    /** Opens the page, fills in the form and submits it by its button. */
    Answer fill(String page, String form, String button, Map<String, String> values) {
        return fill(get(page), page, form, button, values);
    }

    /** Fills in a form of the current page and submits it by its button. */
    Answer fill(Answer shownNow, String page, String form, String button, Map<String, String> values) {
        var shown = shownNow.body();
        var fields = new LinkedHashMap<String, String>();
        fields.put(form, form);
        fields.put(form + ":" + button, "");
        values.forEach((name, value) -> fields.put(form + ":" + name, value));
        var hidden = HIDDEN.matcher(shown);
        while (hidden.find()) {
            if (hidden.group(1).equals("jakarta.faces.ViewState")) {
                fields.put(hidden.group(1), hidden.group(2));
            }
        }
        var nonce = NONCE.matcher(shown);
        if (nonce.find()) {
            fields.put("primefaces.nonce", nonce.group(1));
        }
        return post(page, fields, Map.of("Sec-Fetch-Site", "same-origin"));
    }

    private Answer send(String method, String path, String body, Map<String, String> headers) {
        var request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host + ":" + port
                + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n");
        headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
        if (!cookies.isEmpty()) {
            request.append("Cookie: "
                    + cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; "))
                    + "\r\n");
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write((request + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
            return answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Answer answer(String text) {
        int end = text.indexOf("\r\n\r\n");
        var location = "";
        for (var line : text.substring(0, end).split("\r\n", -1)) {
            var name = line.toLowerCase(Locale.ROOT);
            if (name.startsWith("location:")) {
                location = line.substring(9).strip().replace("http://" + host + ":" + port, "");
            } else if (name.startsWith("set-cookie:")) {
                var cookie = COOKIE.matcher(line.substring(11).strip());
                if (cookie.matches()) {
                    cookies.put(cookie.group(1), cookie.group(2));
                }
            }
        }
        return new Answer(
                Integer.parseInt(text.substring(9, 12)), location, text.substring(0, end), text.substring(end));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
