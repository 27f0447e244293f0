package io.tenantry.config;

/**
 * What becomes of a server whose configuration is refused: the reason is logged once and the process ends with {@value #EXIT_CODE}, so that whatever started
 * it (systemd, Kubernetes, a person) notices. A server that other applications share goes on without this one if {@value #KEY} is false.
 */
public final class RefusedStart {
    /** The setting that says whether the process ends. */
    static final String KEY = "tenantry.exit.when-refused";

    /** EX_CONFIG of sysexits.h. */
    public static final int EXIT_CODE = 78;

    private static final System.Logger LOG = System.getLogger(RefusedStart.class.getName());

    private RefusedStart() {}

    /**
     * Looks at a part of the configuration.
     *
     * @param check throws if it is wrong, with a message that says what to change
     */
    public static void unless(Runnable check) {
        try {
            check.run();
        } catch (RuntimeException refused) {
            LOG.log(System.Logger.Level.ERROR, refused.getMessage());
            if (new Source(System::getProperty, System::getenv).flag(KEY, true)) {
                endProcess();
            }
            throw refused;
        }
    }

    /** In a thread of its own: the server stops what it has started, the deployment that fails now among it. */
    private static void endProcess() {
        var end = new Thread(() -> System.exit(EXIT_CODE), "refused-configuration");
        end.setDaemon(true);
        end.start();
    }
}
