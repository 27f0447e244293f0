package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.sandbox.SshListeners.ListenerTarget;
import io.tenantry.cloud.provider.sandbox.shell.InputBuffer;
import io.tenantry.cloud.provider.sandbox.shell.ShellSession;
import io.tenantry.cloud.provider.sandbox.shell.TerminalOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelDataReceiver;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** An SSH session on a server: passes input to the shell session and output to the client, on a thread of a bounded pool. */
final class SshSession implements Command {
    private static final System.Logger LOG = System.getLogger(SshSession.class.getName());
    private static final int FAILED = 255;

    private final Optional<ListenerTarget> target;
    private final Executor visits;
    private final String line;
    private final InputBuffer inputBuffer;
    private OutputStream out = OutputStream.nullOutputStream();
    private ExitCallback exit = (code, message, closeImmediately) -> {};

    /** @param line the command to run; empty for an interactive session */
    SshSession(ChannelSession channel, Optional<ListenerTarget> target, Executor visits, String line) {
        this.target = target;
        this.visits = visits;
        this.line = line;
        inputBuffer = new InputBuffer(bytes -> release(channel, bytes));
        channel.setDataReceiver(new Receiver(inputBuffer));
    }

    @Override
    public void setInputStream(InputStream in) {
        // Input goes to the receiver.
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        // Error output goes to the same stream as other output, as on a terminal.
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        var terminalOutput = new TerminalOutput(out, environment.getEnv().containsKey(Environment.ENV_COLUMNS));
        resize(terminalOutput, environment.getEnv());
        environment.addSignalListener((where, signal) -> resize(terminalOutput, environment.getEnv()), Signal.WINCH);
        try {
            visits.execute(() -> visit(terminalOutput));
        } catch (RejectedExecutionException full) {
            out.write("too many visitors, come again later\r\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            exit.onExit(FAILED);
        }
    }

    @Override
    public void destroy(ChannelSession channel) {
        inputBuffer.end();
    }

    private void visit(TerminalOutput terminalOutput) {
        var code = FAILED;
        try {
            if (target.isPresent()) {
                code = visit(terminalOutput, target.get());
            }
        } catch (UncheckedIOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "an SSH client disconnected: {0}", gone.getMessage());
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.WARNING, "an SSH session failed", broken);
        } finally {
            exit.onExit(code);
        }
    }

    private int visit(TerminalOutput terminalOutput, ListenerTarget at) {
        var shellSession = new ShellSession(at.box(), at.files(), inputBuffer, terminalOutput, at.power(), at.keep());
        return line.isEmpty() ? shellSession.converse() : shellSession.command(line);
    }

    private static void resize(TerminalOutput terminalOutput, Map<String, String> environment) {
        terminalOutput.resize(number(environment, Environment.ENV_COLUMNS), number(environment, Environment.ENV_LINES));
    }

    private static int number(Map<String, String> environment, String name) {
        try {
            return Integer.parseInt(environment.getOrDefault(name, "0"));
        } catch (NumberFormatException noNumber) {
            return 0;
        }
    }

    /** Allows the client to send as many bytes again as were read. */
    private static void release(ChannelSession channel, long bytes) {
        try {
            channel.getLocalWindow().release(bytes);
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "an SSH client disconnected: {0}", gone.getMessage());
        }
    }

    /** Receives input; since it does not count as read yet, the client's window shrinks by as much. */
    private record Receiver(InputBuffer inputBuffer) implements ChannelDataReceiver {
        @Override
        public int data(ChannelSession channel, byte[] bytes, int from, int length) {
            inputBuffer.put(bytes, from, length);
            return 0;
        }

        @Override
        public void close() {
            inputBuffer.end();
        }
    }
}
