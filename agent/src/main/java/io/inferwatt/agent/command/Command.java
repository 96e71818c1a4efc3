package io.inferwatt.agent.command;

import java.util.List;

/** One command of the command line. */
interface Command {

    /**
     * Runs it and returns the exit code of the JVM.
     *
     * @param options the words after the command's name
     * @throws MisunderstoodException if the options make no sense; nothing has been printed then
     */
    int run(List<String> options) throws MisunderstoodException;
}
