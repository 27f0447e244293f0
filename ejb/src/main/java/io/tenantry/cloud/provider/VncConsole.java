package io.tenantry.cloud.provider;

import java.net.URI;
import java.util.Optional;

/** A vendor that shows a server's screen by VNC. */
public interface VncConsole {
    /**
     * Where it is shown; for our proxy only, never for a browser.
     *
     * @param webSocket a WebSocket that speaks VNC, if the vendor has one
     */
    record Vnc(String host, int port, String password, Optional<URI> webSocket) {
        @Override
        public String toString() {
            return "Vnc[" + host + ":" + port + "]";
        }
    }

    /** Opens it, if it is not open. */
    Vnc open(String serverId);

    /** Closes it; closed already is fine. */
    void close(String serverId);
}
