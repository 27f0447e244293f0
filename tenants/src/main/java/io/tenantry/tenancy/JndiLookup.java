package io.tenantry.tenancy;

import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Looks up what the server provides under fixed names. Names never come from outside, so JNDI injection is impossible. */
final class JndiLookup {
    private JndiLookup() {}

    @SuppressWarnings("BanJNDI") // Only constants of this package are looked up.
    static <T> Optional<T> lookup(String name, Class<T> type) {
        try {
            return Optional.of(type.cast(new InitialContext().lookup(name)));
        } catch (NamingException absent) {
            return Optional.empty();
        }
    }
}
