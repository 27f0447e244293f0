package io.tenantry.cloud.console;

import java.io.IOException;

/** A connection while its two ends greet each other: one speaks, the other waits, for a bounded time. */
interface HandshakeChannel {
    /** So many bytes, and not one more. */
    byte[] take(int count) throws IOException;

    void give(byte[] bytes) throws IOException;
}
