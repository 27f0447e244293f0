package io.tenantry.web.problem;

import java.util.Locale;

/** The kinds of problem that programs are told of. Each has its place on the page to which its type leads. */
public enum Kind {
    UNREADABLE(
            400,
            "Not readable",
            "The body is missing or is not the JSON that is expected here. Compare it with the description of the API."),
    IDEMPOTENCY_KEY_MISSING(
            400,
            "Idempotency key missing",
            "What costs money wants an Idempotency-Key header of 1 to 200 characters, a new one for each new request, so that"
                    + " repeating a request never does a thing twice."),
    NO_WALLET(
            402,
            "No wallet",
            "The organization has no wallet in the currency of the plan, or its wallet is stopped. Ask your provider."),
    FUNDS_MISSING(
            402,
            "Funds missing",
            "The wallet may spend less than the first hours cost, after what is held for servers on their way; detail names how much"
                    + " is missing. Add money, or wait for what is held."),
    ACCESS_DENIED(
            403,
            "Not allowed",
            "The key lacks the scope that this needs, or the person who made the key may not do it."),
    NOT_FOUND(
            404,
            "Not found",
            "There is nothing of that id, or it is not yours to see; both look the same. Check the id and whose key it is."),
    WRONG_STATE(
            409,
            "Wrong state",
            "It cannot be done in the present state, which the detail names. Look at the thing again before you repeat."),
    LOCKED(
            409,
            "Locked",
            "The server is locked against being ended. Unlock it first, by POST /api/v1/vps/{id}/lock with locked false."),
    UNSUPPORTED(
            409,
            "Not possible here",
            "The server is where this cannot be done, now or ever; the detail says what. A new server may be able to."),
    IDEMPOTENCY_KEY_TAKEN(
            409,
            "Idempotency key taken",
            "This Idempotency-Key was used for another request. Use a new key for what is new."),
    LIMIT_REACHED(
            409,
            "Limit reached",
            "The organization has as many servers as it may have; the detail names how many. End one that is not needed, or ask your"
                    + " provider for more. A server that is being deleted counts until it is gone."),
    OFFER_WITHDRAWN(
            409,
            "Offer withdrawn",
            "This plan is not sold in that region now. The plans on sale are at /api/v1/vps/plans."),
    ORDERS_PAUSED(
            409,
            "Orders paused",
            "Your provider sells nothing new at present; what runs goes on and can be managed. Ask your provider, and repeat later."),
    TOO_LARGE(413, "Too large", "The body is longer than anything that the API takes; detail says how long it may be."),
    BAD_VALUE(
            422,
            "Bad value",
            "Some fields or parameters are not acceptable; errors says for each why, and which value was found."),
    RATE_LIMITED(
            429,
            "Too many requests",
            "There were too many requests by this key, in all or from this address. Come back after the seconds in"
                    + " Retry-After."),
    OUR_FAULT(
            500,
            "Our fault",
            "Something failed on our side and nothing was changed. Quote the incident in instance when you ask us.");

    /** The page that describes them all. */
    public static final String PAGE = "/docs/problems";

    private final int status;
    private final String title;
    private final String text;

    Kind(int status, String title, String text) {
        this.status = status;
        this.title = title;
        this.text = text;
    }

    /** The address of its description, from the root of the host. */
    public String type() {
        return PAGE + "#" + getCode();
    }

    /** Its stable name for programs. */
    public String getCode() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int getStatus() {
        return status;
    }

    /** What it is in a few words. */
    public String getTitle() {
        return title;
    }

    /** What it means and what to do. */
    public String getText() {
        return text;
    }
}
