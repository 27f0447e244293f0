package io.tenantry.people;

import io.tenantry.isolation.CanaryTenant;
import io.tenantry.isolation.RawConnection;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;

/** A client that requests pages without their resources, over one connection, with or without a session. */
final class Caller implements AutoCloseable {
    private static final Pattern SESSION = Pattern.compile("session=([^;]+)");

    private final RawConnection rawConnection;
    private final String host;
    private String session;

    private Caller(int port, String host, String session) {
        rawConnection = new RawConnection(port);
        this.host = host + ":" + port;
        this.session = session;
    }

    /** An anonymous caller. */
    static Caller stranger(int port, String host) {
        return new Caller(port, host, "");
    }

    /** A signed-in caller. */
    static Caller signedIn(int port, String host, String email) throws IOException {
        return new Caller(port, host, CanaryTenant.signIn(port, host, email));
    }

    /** A surface's first page is its folder's, to which its address redirects: that is counted too. Other redirects are not followed. */
    RawConnection.Answer get(String path) throws IOException {
        var answer = send(path);
        return answer.header("location").contains(path + "/") ? send(path + "/") : answer;
    }

    private RawConnection.Answer send(String path) throws IOException {
        var answer = rawConnection.send("GET " + URI.create(path).normalize() + " HTTP/1.1\r\nHost: " + host + "\r\n"
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
        rawConnection.close();
    }
}
