package io.tenantry.provider;

import io.tenantry.outbound.Answer;
import io.tenantry.provider.ProviderFailure.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A vendor that knows us by a token in a header, and whose refusals say in their body what they mean. */
public abstract class BearerDialect implements Dialect {
    @Override
    public Map<String, String> headers(Credentials credentials) {
        return Map.of("Authorization", "Bearer " + credentials.token());
    }

    @Override
    public ProviderFailure refusal(Answer answer) {
        var words = said(answer);
        var usual = VendorApi.usual(answer, words);
        return meant(answer.status(), usual.reason(), words)
                .map(reason ->
                        new ProviderFailure(reason, String.valueOf(usual.getMessage()), usual.comeAgainIn(), null))
                .orElse(usual);
    }

    /** Of a vendor that says nothing: what it puts off is asked for later anyway. */
    @Override
    public Optional<Instant> quietUntil(Answer answer, Instant now) {
        return Optional.empty();
    }

    /** The vendor's words in a refusal; a body of another form has none. */
    protected abstract String words(Fields body);

    /**
     * What they mean, if they tell more than the status does.
     *
     * @param usual what nearly every vendor means by that status
     */
    protected abstract Optional<Reason> meant(int status, Reason usual, String words);

    /** A header that is a whole number, if there is such a one. */
    protected static Optional<Long> number(Answer answer, String header) {
        return answer.header(header).filter(text -> text.matches("[0-9]{1,12}")).map(Long::valueOf);
    }

    private String said(Answer answer) {
        try {
            return words(new Fields(VendorApi.lenient(answer)));
        } catch (ProviderFailure anotherForm) {
            return "";
        }
    }
}
