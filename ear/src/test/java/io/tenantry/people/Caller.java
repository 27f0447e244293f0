package io.tenantry.people;

import io.tenantry.isolation.Home;
import io.tenantry.isolation.Wire;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;

/** Somebody who asks for pages and nothing that belongs to them, over one connection, in a session if there is one. */
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

    /** Nobody knows who it is. */
    static Caller stranger(int port, String host) {
        return new Caller(port, host, "");
    }

    /** Who has come in by the door. */
    static Caller signedIn(int port, String host, String email) throws IOException {
        return new Caller(port, host, Home.signIn(port, host, email));
    }

    /** A surface's first page is its folder's, to which its address is sent on: that is paid for too. Nobody is followed elsewhere. */
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
