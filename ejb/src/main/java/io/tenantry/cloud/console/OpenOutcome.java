package io.tenantry.cloud.console;

/** What came of opening a console. */
public sealed interface OpenOutcome {
    /** It is open. */
    record Open(Console console) implements OpenOutcome {}

    /** The ticket is none, or somebody else's, or used, or too old. */
    record NoTicket() implements OpenOutcome {}

    /** The person may not, or there is no such service. */
    record NotAllowed() implements OpenOutcome {}

    /** The service has no server that runs, or none that we have a key of. */
    record NoServer() implements OpenOutcome {}

    /** The person, or the node, has as many open as may be. */
    record TooMany() implements OpenOutcome {}

    /** The server is not to be reached now. */
    record Unreachable() implements OpenOutcome {}

    /** The server is reached, and hides what is said in no way that we trust. */
    record Outdated() implements OpenOutcome {}

    /** The server shows another key than it is known by. */
    record OtherKey() implements OpenOutcome {}

    /** The server does not let us in: somebody took our key out. */
    record Refused() implements OpenOutcome {}
}
