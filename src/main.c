/* The program: the command line, with the screen as its editor. */
#include "app/command.h"
#include "tui/tui.h"

int main(int argc, char **argv)
{
	return bk_command_main(argc, argv, &bk_tui);
}
