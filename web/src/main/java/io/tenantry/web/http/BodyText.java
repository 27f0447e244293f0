package io.tenantry.web.http;

/** A check of the text within a body, which is read byte by byte. */
interface BodyText {
    /** Takes the next byte; returns whether it may follow those before it. */
    boolean accepts(byte next);

    /** Whether nothing that was read needs a byte that follows. */
    boolean isComplete();
}
