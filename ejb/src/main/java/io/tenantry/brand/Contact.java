package io.tenantry.brand;

/**
 * How people reach the brand, and whom its mails come from; each is empty if there is none.
 *
 * @param hours when somebody answers, in the brand's own words
 * @param senderName the name that mails come from; the brand's name if empty
 * @param senderAddress the address that mails come from; no-reply at the brand's own host if empty
 * @param replyTo where answers to mails go; the support's address if empty
 */
public record Contact(
        String email, String phone, String url, String hours, String senderName, String senderAddress, String replyTo) {
    /** Nobody is to be reached. */
    public static final Contact NONE = new Contact("", "", "", "", "", "", "");

    /** Whether anything is said of how to reach the brand. */
    public boolean isKnown() {
        return !(email.isEmpty() && phone.isEmpty() && url.isEmpty() && hours.isEmpty());
    }

    /** The same without an address that mails come from; answers go there all the same, unless they go elsewhere anyway. */
    public Contact withoutSenderAddress() {
        var answers = answersTo().isEmpty() ? senderAddress : replyTo;
        return new Contact(email, phone, url, hours, senderName, "", answers);
    }

    /** Where answers to mails go; empty if nowhere in particular. */
    public String answersTo() {
        return replyTo.isEmpty() ? email : replyTo;
    }
}
