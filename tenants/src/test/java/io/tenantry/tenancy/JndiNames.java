package io.tenantry.tenancy;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;

/** JNDI names offered by a server, for tests outside one. */
public final class JndiNames implements InitialContextFactory {
    private static final Map<String, Object> OFFERED = new ConcurrentHashMap<>();

    /** Binds the object until {@link #nothing()}. */
    static void offer(String name, Object what) {
        OFFERED.put(name, what);
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, JndiNames.class.getName());
    }

    static void nothing() {
        OFFERED.clear();
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
        return new InitialContext(true) {
            @Override
            public Object lookup(String name) throws NamingException {
                var found = OFFERED.get(name);
                if (found == null) {
                    throw new NameNotFoundException(name);
                }
                return found;
            }
        };
    }
}
