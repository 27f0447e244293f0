package io.tenantry.web.push;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The push socket of an open page. It only sends; the page sends nothing but heartbeats. */
@ServerEndpoint(PushEndpoint.PATH)
public class PushEndpoint {
    static final String PATH = "/live";

    private static final System.Logger LOG = System.getLogger(PushEndpoint.class.getName());
    private static final int MESSAGE_MAX = 16;

    /** The age of the page's content, in milliseconds. */
    private static final String AGE = "age";

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,12}");
    private static final Duration UNKNOWN = Duration.ofDays(1);

    /** One that is opened while the oldest is closed is no reason to refuse. */
    private static final int OF_ONE_SESSION_MAX = 2 * PushSockets.OF_ONE_SESSION_MAX;

    @Inject
    PushSockets sockets;

    @Inject
    SocketLimits limits;

    /** Registers an open page. */
    @OnOpen
    public void open(Session socket) throws IOException {
        socket.setMaxTextMessageBufferSize(MESSAGE_MAX);
        socket.setMaxBinaryMessageBufferSize(MESSAGE_MAX);
        if (!(socket.getUserPrincipal() instanceof Subscriber subscriber)) {
            socket.close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "nobody"));
        } else if (limits.enter(socket, PATH, subscriber.sessionId(), OF_ONE_SESSION_MAX, subscriber.address())) {
            sockets.open(socket, subscriber, age(socket));
        } else {
            socket.close(new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, ""));
        }
    }

    /** Returns how long ago the page requested its content; empty, which means unknown, if it is not a number. */
    private static Optional<Duration> age(Session socket) {
        return socket.getRequestParameterMap().getOrDefault(AGE, List.of()).stream()
                .findFirst()
                .map(text -> DIGITS.matcher(text).matches() ? Duration.ofMillis(Long.parseLong(text)) : UNKNOWN);
    }

    /** Handles a heartbeat: proxies close silent connections. */
    @OnMessage
    public void heard(String word) {
        LOG.log(System.Logger.Level.TRACE, "a page is alive: {0}", word);
    }

    /** Removes a closed page. */
    @OnClose
    public void close(Session socket) {
        sockets.closed(socket);
        limits.leave(socket);
    }

    /** Ends a broken connection, which the container closes. */
    @OnError
    public void failed(Session socket, Throwable failure) {
        LOG.log(System.Logger.Level.DEBUG, "a socket failed", failure);
        sockets.closed(socket);
        limits.leave(socket);
    }
}
