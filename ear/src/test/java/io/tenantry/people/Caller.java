package io.tenantry.people;

import io.tenantry.isolation.Home;
import io.tenantry.isolation.Wire;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;

/** A client that requests pages without their resources, over one connection, with or without a session. */
final class Caller implements AutoCloseable {
    private static final Pattern SESSION = Pattern.compile("session=([^;]+)");

    private final Wire wire;
    private final String host;
    private String session;

    private Caller(int port, String host, String session) {
        wire = new Wire(port);
        this.host = host + ":" + port;
        this.session = session;
    }

    /** An anonymous caller. */
    static Caller stranger(int port, String host) {
        return new Caller(port, host, "");
    }

    /** A signed-in caller. */
    static Caller signedIn(int port, String host, String email) throws IOException {
        return new Caller(port, host, Home.signIn(port, host, email));
    }

    /** A surface's first page is its folder's, to which its address redirects: that is counted too. Other redirects are not followed. */
    Wire.Answer get(String path) throws IOException {
        var answer = send(path);
        return answer.header("location").contains("http://" + host + path + "/") ? send(path + "/") : answer;
    }

    private Wire.Answer send(String path) throws IOException {
        var answer = wire.send("GET " + URI.create(path).normalize() + " HTTP/1.1\r\nHost: " + host + "\r\n"
                + (session.isEmpty() ? "" : "Cookie: session=" + session + "\r\n") + "\r\n");
        for (var cookie : answer.header("set-cookie")) {
            var found = SESSION.matcher(cookie);
            if (found.find()) {
                session = found.group(1);
            }
        }
        return answer;
    }

    @Override
    public void close() {
        wire.close();
    }
}
