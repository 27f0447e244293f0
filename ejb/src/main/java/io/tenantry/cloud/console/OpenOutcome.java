package io.tenantry.cloud.console;

/** The outcome of opening a console. */
public sealed interface OpenOutcome {
    /** It is open. */
    record Open(Console console) implements OpenOutcome {}

    /** The token is unknown, issued to someone else, used or expired. */
    record InvalidToken() implements OpenOutcome {}

    /** The user lacks the permission, or there is no such service. */
    record NotAllowed() implements OpenOutcome {}

    /** The service has no running server, or none that we have a key for. */
    record NoServer() implements OpenOutcome {}

    /** The user or the node has reached the maximum number of open consoles. */
    record TooMany() implements OpenOutcome {}

    /** The server cannot be reached at present. */
    record Unreachable() implements OpenOutcome {}

    /** The server was reached, but supports no encryption that we trust. */
    record Outdated() implements OpenOutcome {}

    /** The server presented a different key than the known one. */
    record HostKeyChanged() implements OpenOutcome {}

    /** The server refused the login: our key was removed. */
    record Refused() implements OpenOutcome {}
}
