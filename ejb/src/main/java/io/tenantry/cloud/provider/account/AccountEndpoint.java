package io.tenantry.cloud.provider.account;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.Provider;
import io.tenantry.config.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * The address and token of an account as entered by staff.
 *
 * @param base the address of the panel, without trailing slashes; empty for providers with one address for all
 * @param token never printed
 */
record AccountEndpoint(Optional<String> base, String token) {
    private static final int BASE_MAX = 300;
    private static final int TOKEN_MAX = 4_000;

    static AccountEndpoint of(String base, String token) {
        var address = base.strip().replaceAll("/+$", "");
        return new AccountEndpoint(Optional.of(address).filter(text -> !text.isEmpty()), token.strip());
    }

    /**
     * Whether a token may be sent there: an address is allowed only for providers that need one, and only by TLS unless all addresses are
     * allowed. The host itself is checked on each connection.
     */
    boolean hasFitBase(Provider provider, Settings settings) {
        if (provider.base().isPresent()) {
            return base.isEmpty();
        }
        return base.filter(text -> text.length() <= BASE_MAX)
                .filter(text -> text.startsWith("https://")
                        || (text.startsWith("http://")
                                && settings.outboundAddresses().equals("any")))
                .filter(AccountEndpoint::isAddress)
                .isPresent();
    }

    /** Whether the token is valid in a header. */
    boolean hasFitToken() {
        return !token.isEmpty()
                && token.length() <= TOKEN_MAX
                && token.chars().allMatch(sign -> sign > ' ' && sign < 0x7f);
    }

    private static boolean isAddress(String text) {
        try {
            return !new Credentials(new URI(text), "").base().toString().isEmpty();
        } catch (URISyntaxException | IllegalArgumentException unfit) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "Door[" + base.orElse("") + "]";
    }
}
