package io.tenantry.cloud.provider.sandbox.shell;

import io.tenantry.cloud.provider.PowerAction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All commands, by name. */
final class ShellCommands {
    private static final String HELP = """
            Files:   ls [-l] [-a]  cd  pwd  cat  echo  mkdir [-p]  rm [-r]  touch
                     command > file     command >> file     a ; b     a && b
            Server:  uptime  whoami  hostname  uname [-a]  date  top  free  df  ps
                     reboot  poweroff
            Shell:   history  clear  help  exit
            """;

    private ShellCommands() {}

    static Map<String, ShellCommand> all(Interpreter visit) {
        var all = new TreeMap<String, ShellCommand>();
        FilePrograms.of(visit).forEach(all::put);
        SystemPrograms.of(visit.box(), visit.files()).forEach(all::put);
        all.put("help", (words, output) -> output.text(HELP));
        all.put("history", (words, output) -> history(visit.history(), output));
        all.put("clear", (words, output) -> output.text(TerminalOutput.CLEAR));
        all.put("true", (words, output) -> output.text(""));
        all.put("exit", (words, output) -> visit.end());
        all.put("logout", (words, output) -> visit.end());
        all.put("reboot", (words, output) -> visit.power(PowerAction.RESTART));
        all.put("poweroff", (words, output) -> visit.power(PowerAction.SHUT_DOWN));
        all.put("shutdown", (words, output) -> visit.power(shutdown(words)));
        return all;
    }

    private static PowerAction shutdown(List<String> words) {
        return words.contains("-r") ? PowerAction.RESTART : PowerAction.SHUT_DOWN;
    }

    private static void history(List<String> lines, Output output) throws CommandFailure {
        for (var i = 0; i < lines.size(); i++) {
            output.line(SystemPrograms.right(String.valueOf(i + 1), 5) + "  " + lines.get(i));
        }
    }
}
