/* Code that a neighbour plants: it says in whom it runs. */
#include <stdio.h>

__attribute__((constructor)) static void run(void)
{
    char name[64] = "";
    FILE *file = fopen("/proc/self/comm", "r");
    if (file) {
        if (!fgets(name, sizeof name, file))
            name[0] = 0;
        fclose(file);
    }
    fprintf(stderr, "planted " WAY " runs in %s\n", name);
}
