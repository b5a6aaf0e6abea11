1. As in document [to be added] [AOSIS: , and shall be binding].
