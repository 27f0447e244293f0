package io.tenantry.cloud.provider;

import java.net.URI;
import java.util.Optional;

/** A provider that shows the screen of a server by VNC. */
public interface VncConsole {
    /**
     * The location of a screen; for our proxy only, never for a browser.
     *
     * @param webSocket a WebSocket that transports VNC, if the provider has one
     */
    record Vnc(String host, int port, String password, Optional<URI> webSocket) {
        @Override
        public String toString() {
            return "Vnc[" + host + ":" + port + "]";
        }
    }

    /** Opens the screen; idempotent. */
    Vnc open(String serverId);

    /** Closes the screen; idempotent. */
    void close(String serverId);
}
