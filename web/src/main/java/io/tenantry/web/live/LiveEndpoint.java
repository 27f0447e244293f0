package io.tenantry.web.live;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** The socket of an open page. It only speaks; the page has nothing to say but that it is there. */
@ServerEndpoint(LiveEndpoint.PATH)
public class LiveEndpoint {
    static final String PATH = "/live";

    private static final System.Logger LOG = System.getLogger(LiveEndpoint.class.getName());
    private static final int MESSAGE_MAX = 16;

    @Inject
    LiveSockets sockets;

    /** Somebody looks. */
    @OnOpen
    public void open(Session socket) throws IOException {
        socket.setMaxTextMessageBufferSize(MESSAGE_MAX);
        socket.setMaxBinaryMessageBufferSize(MESSAGE_MAX);
        if (socket.getUserPrincipal() instanceof Viewer viewer) {
            sockets.open(socket, viewer);
        } else {
            socket.close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "nobody"));
        }
    }

    /** A sign of life: proxies close what is silent. */
    @OnMessage
    public void heard(String word) {
        LOG.log(System.Logger.Level.TRACE, "a page is there: {0}", word);
    }

    /** Nobody looks any more. */
    @OnClose
    public void close(Session socket) {
        sockets.closed(socket);
    }

    /** A connection that broke is closed by the container. */
    @OnError
    public void failed(Session socket, Throwable failure) {
        LOG.log(System.Logger.Level.DEBUG, "a socket failed", failure);
        sockets.closed(socket);
    }
}
