package io.tenantry.cloud.console;

import java.io.IOException;

/** A connection during the handshake: one end sends, the other waits, for a bounded time. */
interface HandshakeChannel {
    /** Reads exactly that many bytes. */
    byte[] take(int count) throws IOException;

    void give(byte[] bytes) throws IOException;
}
