@rem `exec node ...` in package.json has the shell make way for node, so that a signal to npm reaches it. Windows has no exec.
@%*
