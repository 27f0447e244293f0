package io.tenantry.brand;

/**
 * Contact data of the brand and the sender of its mails; each is empty if there is none.
 *
 * @param hours the service hours, in the brand's own words
 * @param senderName the sender name of mails; the brand's name if empty
 * @param senderAddress the sender address of mails; no-reply at the brand's own host if empty
 * @param replyTo the reply address of mails; the support address if empty
 */
public record Contact(
        String email, String phone, String url, String hours, String senderName, String senderAddress, String replyTo) {
    /** No contact data. */
    public static final Contact NONE = new Contact("", "", "", "", "", "", "");

    /** Whether any contact data is known. */
    public boolean isKnown() {
        return !(email.isEmpty() && phone.isEmpty() && url.isEmpty() && hours.isEmpty());
    }

    /** Returns the same contact without a sender address; replies still go there, unless another reply address is set. */
    public Contact withoutSenderAddress() {
        var answers = answersTo().isEmpty() ? senderAddress : replyTo;
        return new Contact(email, phone, url, hours, senderName, "", answers);
    }

    /** Returns the reply address of mails; empty if there is none. */
    public String answersTo() {
        return replyTo.isEmpty() ? email : replyTo;
    }
}
