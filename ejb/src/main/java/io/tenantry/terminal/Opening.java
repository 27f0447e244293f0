package io.tenantry.terminal;

/** What came of opening a console. */
public sealed interface Opening {
    /** It is open. */
    record Open(Console console) implements Opening {}

    /** The ticket is none, or somebody else's, or used, or too old. */
    record NoTicket() implements Opening {}

    /** The person may not, or there is no such service. */
    record NotAllowed() implements Opening {}

    /** The service has no server that runs, or none that we have a key of. */
    record NoServer() implements Opening {}

    /** The person, or the node, has as many open as may be. */
    record TooMany() implements Opening {}

    /** The server is not to be reached now. */
    record Unreachable() implements Opening {}

    /** The server is reached, and hides what is said in no way that we trust. */
    record Outdated() implements Opening {}

    /** The server shows another key than it is known by. */
    record OtherKey() implements Opening {}

    /** The server does not let us in: somebody took our key out. */
    record Refused() implements Opening {}
}
